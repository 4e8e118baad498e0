/* The outline of a file, and the symbol kinds of materials, databases, cases and studies. */
import { GrammarUtils, type AstNode, type AstNodeDescription, type LangiumDocument } from 'langium';
import { DefaultNodeKindProvider, DefaultWorkspaceSymbolProvider, type DocumentSymbolProvider } from 'langium/lsp';
import { CompletionItemKind, SymbolKind, type DocumentSymbol, type WorkspaceSymbol } from 'vscode-languageserver';
import { isSetting, type Case, type CompareOptimization, type Construct, type Declaration, type Explain, type Family, type Learn, type Refine, type Setting, type SpecificationFile, type Study } from '#language/generated/ast';
import { libraryScheme } from '#language/imports/library';
import { readSetting } from '#language/entries/read-setting';
import { settingName } from '#language/entries/settings';
import { countVariants } from '#language/specification/document-specification';
import { databaseOf, firstEntry, phaseOf } from '#language/specification/read-case';
import { formatCount } from '#units/format-quantity';

const symbolKinds: Readonly<Record<string, SymbolKind>> = { Material: SymbolKind.Constant, Database: SymbolKind.Array, Case: SymbolKind.Class, Study: SymbolKind.Package };
const completionKinds: Readonly<Record<string, CompletionItemKind>> = {
  Material: CompletionItemKind.Constant,
  Database: CompletionItemKind.Variable,
  Case: CompletionItemKind.Class,
  Study: CompletionItemKind.Module,
};

export class XDesignNodeKinds extends DefaultNodeKindProvider {
  override getSymbolKind(node: AstNode | AstNodeDescription): SymbolKind {
    return symbolKinds['type' in node ? String(node.type) : node.$type] ?? SymbolKind.Property;
  }

  override getCompletionItemKind(node: AstNode | AstNodeDescription): CompletionItemKind {
    return completionKinds['type' in node ? String(node.type) : node.$type] ?? CompletionItemKind.Property;
  }
}

/** Materials, databases, cases and studies with their main entry, and the blocks below them. */
export class XDesignDocumentSymbols implements DocumentSymbolProvider {
  getSymbols(document: LangiumDocument): DocumentSymbol[] {
    return ((document.parseResult.value as SpecificationFile).declarations ?? []).flatMap((node) => symbolOf(node, node.name, 'name', detailOf(node), blocksOf(node)));
  }
}

/** Without the symbols of the library, which is not part of a workspace. */
export class XDesignWorkspaceSymbols extends DefaultWorkspaceSymbolProvider {
  protected override getWorkspaceSymbol(description: AstNodeDescription): WorkspaceSymbol | undefined {
    return description.documentUri.scheme === libraryScheme.slice(0, -1) ? undefined : super.getWorkspaceSymbol(description);
  }
}

function symbolOf(node: AstNode, name: string | undefined, property: string, detail: string, children: DocumentSymbol[]): DocumentSymbol[] {
  const range = node.$cstNode?.range;
  const nameNode = GrammarUtils.findNodeForProperty(node.$cstNode, property);
  if (!name || range === undefined || nameNode === undefined) return [];
  const kind = symbolKinds[node.$type] ?? SymbolKind.Property;
  return [{ name, detail, kind, range, selectionRange: nameNode.range, ...(children.length === 0 ? {} : { children }) }];
}

function detailOf(node: Declaration): string {
  switch (node.$type) {
    case 'Material':
      return textOf(entriesOf(node).find((entry) => 'key' in entry && entry.key === 'young'));
    case 'Database':
      return textOf(entriesOf(node).find((entry) => 'key' in entry && entry.key === 'size'));
    case 'Case':
      return caseDetail(node);
    case 'Study':
      return studyDetail(node);
  }
}

/** `of Stiffness · 14 variants` */
function studyDetail(node: Study): string {
  const count = countVariants(node);
  return [`of ${node.case?.$refText ?? ''}`, ...(count === 0 ? [] : [formatCount(count, 'variant')])].join(' · ');
}

/** `maximize E along x, y · Boron in Aluminum · Stochastic` */
function caseDetail(node: Case): string {
  const phases = (['white', 'black'] as const).map((color) => phaseOf(node, color)).flatMap((phase) => (phase?.void === true ? 'void' : (phase?.material?.$refText ?? [])));
  const parts = [textOf(firstEntry(node, 'Objective')), phases.join(' in '), databaseOf(node)?.name ?? ''];
  return parts.filter((part) => part !== '').join(' · ');
}

function blocksOf(node: Declaration): DocumentSymbol[] {
  return entriesOf(node).flatMap((entry) => {
    switch (entry.$type) {
      case 'Family':
        return symbolOf(entry, (entry as Family).kind, 'kind', textOf((entry as Family).share), []);
      case 'Learn':
        return symbolOf(entry, `learn ${(entry as Learn).network}`, 'network', '', []);
      case 'Explain':
        return symbolOf(entry, `explain ${(entry as Explain).method}`, 'method', '', []);
      case 'Construct':
        return symbolOf(entry, `construct ${(entry as Construct).method}`, 'method', '', []);
      case 'CompareOptimization':
        return symbolOf(entry, `compare ${(entry as CompareOptimization).arm}`, 'arm', '', []);
      case 'Refine':
        return symbolOf(entry, `refine ${(entry as Refine).method}`, 'method', '', []);
      default:
        return isSetting(entry) ? settingSymbol(entry) : [];
    }
  });
}

function settingSymbol(setting: Setting): DocumentSymbol[] {
  return setting.key === undefined ? [] : symbolOf(setting, settingName(setting), 'key', readSetting(setting).values.map(({ text }) => text).join(', '), []);
}

function entriesOf(node: Declaration): readonly AstNode[] {
  return node.entries;
}

function textOf(node: AstNode | undefined): string {
  return node?.$cstNode?.text.replace(/\s+/g, ' ') ?? '';
}
