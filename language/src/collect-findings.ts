/*
 * Everything that is wrong with one parsed and linked document: text, names, and the checks. The only
 * source of findings, for the command line and for the editor.
 */
import { GrammarUtils, isAstNode, type AstNode, type CstNode } from 'langium';
import { nearestWord } from '#units/nearest-word';
import type { CheckContext, Place, Report } from './checks/check';
import { checks } from './checks/checks';
import { findingCodes, type FindingCode } from './finding-codes';
import type { Declaration } from './generated/ast';
import { importsOf, type ImportedDocuments, type SpecificationDocument } from './imported-documents';
import type { LocatedFinding, Position } from './located-finding';
import { referencesIn } from './references';
import { visibleDeclarations } from './xdesign-scope';

/** A finding of a document that the caller knows the name of. */
export type DocumentFinding = Omit<LocatedFinding, 'file'>;

interface TextRange {
  readonly start: Position;
  readonly end: Position;
}

/** All findings of a document whose references can be resolved; not sorted. */
export function collectFindings(document: SpecificationDocument, imported: ImportedDocuments): readonly DocumentFinding[] {
  const found: DocumentFinding[] = [];
  const add = (code: FindingCode, message: string, wayOut: string | undefined, { start, end }: TextRange): void => {
    found.push({ code, severity: findingCodes[code], message, ...(wayOut === undefined ? {} : { wayOut }), start, end });
  };
  addTextFindings(document, add);
  addUnknownNames(document, imported, add);

  const report: Report = (code, message, wayOut, place) => add(code, message, wayOut, rangeOf(place));
  const context: CheckContext = { document, imported, hasSyntaxErrors: document.parseResult.parserErrors.length > 0 };
  const check = (node: AstNode): void => {
    for (const each of checks[node.$type] ?? []) each(node, report, context);
  };
  const file = document.parseResult.value;
  check(file);
  importsOf(document).forEach(check);
  for (const declaration of file.declarations ?? []) {
    const seen = seenBy(declaration, context.hasSyntaxErrors);
    if (sameAll(cleanWith.get(declaration), seen)) continue;
    const before = found.length;
    visit(declaration, check);
    if (found.length === before) cleanWith.set(declaration, seen);
    else cleanWith.delete(declaration);
  }
  return found;
}

/**
 * Declarations without findings, each with what its checks looked at beyond it. Trees never change, and
 * a declaration that nobody typed in keeps its tree (reparse.ts), so it need not be checked again.
 * Those with findings are: messages name lines, which move.
 */
const cleanWith = new WeakMap<Declaration, readonly unknown[]>();

/** What the checks of a declaration look at beyond it: the declarations that it names. */
function seenBy(node: Declaration, hasSyntaxErrors: boolean): readonly unknown[] {
  const named = node.$type !== 'Case' ? [] : node.entries.map((entry) => (entry.$type === 'Phase' ? entry.material?.ref : entry.$type === 'Source' ? entry.database?.ref : undefined));
  return [hasSyntaxErrors, ...named];
}

function sameAll(one: readonly unknown[] | undefined, other: readonly unknown[]): boolean {
  return one !== undefined && one.length === other.length && one.every((each, index) => each === other[index]);
}

/** A node, then all below it in the order of the text; several times faster than Langium's streams. */
function visit(node: AstNode, look: (node: AstNode) => void): void {
  look(node);
  for (const name in node) {
    if (name.startsWith('$')) continue;
    const value: unknown = (node as unknown as Readonly<Record<string, unknown>>)[name];
    if (Array.isArray(value)) for (const child of value) visitIfNode(child, look);
    else visitIfNode(value, look);
  }
}

function visitIfNode(value: unknown, look: (node: AstNode) => void): void {
  if (isAstNode(value)) visit(value, look);
}

type Add = (code: FindingCode, message: string, wayOut: string | undefined, range: TextRange) => void;

function addTextFindings(document: SpecificationDocument, add: Add): void {
  const { lexerErrors, parserErrors } = document.parseResult;
  for (const error of lexerErrors) {
    const start = document.textDocument.positionAt(error.offset);
    const [message, wayOut] = error.message.split('\n');
    add('unexpected-character', message!, wayOut, { start, end: document.textDocument.positionAt(error.offset + error.length) });
  }
  for (const error of parserErrors) {
    const [message, wayOut] = error.message.split('\n');
    add('syntax', message!, wayOut, tokenRange(document, error.token));
  }
}

/** The end of the file has no place of its own: it stands for the end of the text before it. */
function tokenRange(document: SpecificationDocument, token: { readonly startOffset: number; readonly image: string }): TextRange {
  const { textDocument } = document;
  if (Number.isFinite(token.startOffset) && token.image !== '') {
    return { start: textDocument.positionAt(token.startOffset), end: textDocument.positionAt(token.startOffset + token.image.length) };
  }
  const end = textDocument.positionAt(textDocument.getText().trimEnd().length);
  return { start: end, end };
}

function addUnknownNames(document: SpecificationDocument, imported: ImportedDocuments, add: Add): void {
  // Without a file that is imported nobody knows which names it has.
  if (importsOf(document).some((node) => imported.of(node) === undefined)) return;
  for (const { container, reference } of referencesIn(document)) {
    if (!('ref' in reference) || reference.ref !== undefined || reference.$refText === '' || reference.$refNode === undefined) continue;
    const kind = kindNamedBy(container);
    const names = visibleDeclarations(document, imported, kind).map((each) => each.name);
    const word = kind.toLowerCase();
    const nearest = nearestWord(reference.$refText, names);
    add(
      unknownCodes[kind],
      `There is no ${word} \`${reference.$refText}\`.`,
      nearest !== undefined ? `Did you mean \`${nearest}\`?` : wayToDeclare(kind, reference.$refText, names),
      reference.$refNode.range,
    );
  }
}

const unknownCodes = { Material: 'unknown-material', Database: 'unknown-database', Case: 'unknown-case' } as const;

function kindNamedBy({ $type }: AstNode): Declaration['$type'] {
  if ($type === 'Transfer') return 'Case';
  return $type === 'Phase' ? 'Material' : 'Database';
}

function wayToDeclare(kind: Declaration['$type'], name: string, names: readonly string[]): string {
  const known = [...new Set(names)].map((each) => `\`${each}\``);
  const others = known.length === 0 ? '' : `, or name one of ${known.join(', ')}`;
  const elsewhere = kind === 'Case' ? '' : ' or import the file that has it';
  return `Write \`${kind.toLowerCase()} ${name} { … }\`${elsewhere}${others}.`;
}

function rangeOf({ node, property, index }: Place): TextRange {
  const own: CstNode | undefined = node.$cstNode;
  const part = property === undefined ? undefined : GrammarUtils.findNodeForProperty(own, property, index);
  return (part ?? own)?.range ?? startOf(node);
}

function startOf(node: AstNode): TextRange {
  // Nodes without text occur only where text is broken; their nearest holder with text is close.
  const holder = node.$container?.$cstNode?.range.start ?? { line: 0, character: 0 };
  return { start: holder, end: holder };
}
