import { DocumentState, GrammarUtils, type LangiumDocument } from 'langium';
import type { CodeLensProvider } from 'langium/lsp';
import { DiagnosticSeverity, type CodeLens, type Command } from 'vscode-languageserver';
import { commands, type CommandName } from '#protocol/commands';
import type { Declaration, SpecificationFile, Study } from '#language/generated/ast';
import type { SpecificationDocument } from '#language/imports/imported-documents';
import type { XDesignServerServices } from '../server-services';
import { specificationOf, studyOf } from './case-specification';
import { stateText } from './lens-texts';
import { studyLenses } from './study-lens';

/** Commands for a declaration, in the line above it. */
export class XDesignCodeLenses implements CodeLensProvider {
  /** The studies that had errors when their lenses were requested, by document. */
  private readonly withErrors = new Map<string, string>();

  constructor(private readonly services: XDesignServerServices) {
    services.shared.workspace.DocumentBuilder.onDocumentPhase(DocumentState.Validated, (document) => this.refreshStudies(document as SpecificationDocument));
  }

  provideCodeLens(document: LangiumDocument): CodeLens[] {
    this.withErrors.set(document.uri.toString(), studiesWithErrors(document as SpecificationDocument));
    return ((document.parseResult.value as SpecificationFile).declarations ?? []).flatMap((node) => {
      const range = GrammarUtils.findNodeForProperty(node.$cstNode, 'name')?.range;
      if (range === undefined || !node.name) return [];
      return this.commandsOf(node, document as SpecificationDocument).map((command) => ({ range, command }));
    });
  }

  /** Lenses are requested before a document is checked. */
  private refreshStudies(document: SpecificationDocument): void {
    const before = this.withErrors.get(document.uri.toString());
    // Clients without support for a refresh request lenses again on their own.
    if (before !== undefined && before !== studiesWithErrors(document)) this.services.shared.lsp.Connection?.sendRequest('workspace/codeLens/refresh').catch(() => {});
  }

  private commandsOf(node: Declaration, document: SpecificationDocument): readonly Command[] {
    const uri = document.uri.toString();
    const command = (title: string, name: CommandName): Command => ({ title, command: name, arguments: [uri, node.name] });
    switch (node.$type) {
      case 'Database':
        return [command('Generate', commands.generate), command('Browse', commands.browse)];
      case 'Material':
        return [this.uses(node, uri)];
      case 'Case': {
        const specification = specificationOf(document, node);
        const last = specification === undefined ? undefined : this.services.shared.xdesign.LastResults.of(document.uri, specification);
        return [
          ...(last === undefined ? [] : [command(stateText(last), commands.showRun)]),
          command('Run', commands.run),
          command('Run until…', commands.runUntil),
          command('Preview', commands.preview),
          command('Compare', commands.compare),
          ...(this.services.shared.xdesign.Machine.batchSystem ? [command('Run on cluster', commands.runOnCluster)] : []),
          ...(last?.hasReport === true ? [command('Open report', commands.openReport)] : []),
        ];
      }
      case 'Study':
        return this.lensesOf(node, document);
    }
  }

  /** Nothing while the study has errors. */
  private lensesOf(node: Study, document: SpecificationDocument): readonly Command[] {
    const { LastResults, Machine } = this.services.shared.xdesign;
    const study = studyOf(document, node);
    if (study === undefined || hasErrors(document, node)) return [];
    return studyLenses({ results: LastResults, workers: Machine.workers, onCluster: Machine.batchSystem !== undefined }, document.uri, study);
  }

  private uses(node: Declaration, uri: string): Command {
    const found = this.services.references.References.findReferences(node, { includeDeclaration: false }).toArray();
    const locations = found.map(({ sourceUri, segment }) => ({ uri: sourceUri.toString(), range: segment.range }));
    const position = GrammarUtils.findNodeForProperty(node.$cstNode, 'name')!.range.start;
    const title = locations.length === 0 ? 'not used' : `used ${locations.length === 1 ? 'once' : `${locations.length} times`}`;
    return { title, command: commands.showReferences, arguments: [uri, position, locations] };
  }
}

/** Whether a finding of the last check of a document is an error in a declaration. */
function hasErrors({ diagnostics = [] }: SpecificationDocument, { $cstNode }: Declaration): boolean {
  const range = $cstNode?.range;
  return range !== undefined && diagnostics.some(({ severity, range: { start } }) => severity === DiagnosticSeverity.Error && range.start.line <= start.line && start.line <= range.end.line);
}

function studiesWithErrors(document: SpecificationDocument): string {
  return (document.parseResult.value.declarations ?? []).flatMap((node) => (node.$type === 'Study' && hasErrors(document, node) ? [node.name] : [])).join();
}
