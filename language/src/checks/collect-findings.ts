/*
 * All findings of one parsed and linked document: syntax, names, and the checks. The only
 * source of findings, for the command line and for the editor.
 */
import { AstUtils, GrammarUtils, isAstNode, type AstNode, type CstNode } from 'langium';
import type { PlacedFinding, Position, TextFix, TextRange } from '#domain/finding';
import { nearestWord } from '#units/nearest-word';
import type { CheckContext, NodePlace, ProposedFix, Report } from '#language/findings';
import { checks } from './checks';
import { sameAll, seenBy } from './seen-by';
import { entryEdit, standingApart } from '#language/syntax/text-fixes';
import { findingCodes, type FindingCode } from '#language/findings';
import type { Declaration } from '#language/generated/ast';
import { importsOf, type ImportedDocuments, type SpecificationDocument } from '#language/imports/imported-documents';
import { misreadIn, type Misread } from '#language/syntax/misread-text';
import { referencesIn } from '#language/imports/linking';
import { visibleDeclarations } from '#language/imports/scope';

/** All findings of a document whose references can be resolved, not sorted. Files are named by their URI. */
export function collectFindings(document: SpecificationDocument, imported: ImportedDocuments): readonly PlacedFinding[] {
  const found: PlacedFinding[] = [];
  const file = document.uri.toString();
  const add: Add = (code, message, remedy, { start, end }, fixes = []) => {
    found.push({ code, severity: findingCodes[code], message, ...(remedy !== undefined && { remedy }), place: { file, start, end }, ...(fixes.length > 0 && { fixes }) });
  };
  const misread = addTextFindings(document, add);
  addUnknownNames(document, imported, add);

  const report: Report = (code, message, remedy, place, fixes = []) => {
    const range = rangeOf(place);
    add(code, message, remedy, range, fixes.flatMap((fix) => resolve(fix, range, document)));
  };
  const context: CheckContext = { document, imported, hasSyntaxErrors: document.parseResult.parserErrors.length > 0 };
  const check = (node: AstNode): void => {
    for (const each of checks[node.$type] ?? []) each(node, report, context);
  };
  const root = document.parseResult.value;
  check(root);
  importsOf(document).forEach(check);
  for (const declaration of root.declarations ?? []) {
    const seen = seenBy(declaration, context.hasSyntaxErrors);
    if (sameAll(cleanWith.get(declaration), seen)) continue;
    const before = found.length;
    visit(declaration, check);
    if (found.length === before) cleanWith.set(declaration, seen);
    else cleanWith.delete(declaration);
  }
  return misread.length === 0 ? found : found.filter((finding) => !misread.some((each) => follows(finding.place, each)));
}

/** Other findings within a misread range are consequences of the misreading. */
function follows({ start, end }: TextRange, { reported, within }: ReportedMisread): boolean {
  if (start === reported.start && end === reported.end) return false;
  return !isBefore(start, within.start) && !isBefore(within.end, end);
}

function isBefore(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}

/**
 * Declarations without findings, each with the declarations that its checks looked at. Trees never change, and
 * an unedited declaration keeps its tree (syntax/reparse.ts), so it need not be checked again. Declarations with
 * findings are checked again, because messages contain line numbers, which may change.
 */
const cleanWith = new WeakMap<Declaration, readonly unknown[]>();

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

type Add = (code: FindingCode, message: string, remedy: string | undefined, range: TextRange, fixes?: readonly TextFix[]) => void;

/** The range of a finding about another notation, and the range of all errors that it explains. */
interface ReportedMisread {
  readonly reported: TextRange;
  readonly within: TextRange;
}

/** Reports what cannot be read. Returns the parts that are other notations. */
function addTextFindings(document: SpecificationDocument, add: Add): readonly ReportedMisread[] {
  const { lexerErrors, parserErrors } = document.parseResult;
  if (lexerErrors.length === 0 && parserErrors.length === 0) return [];
  const { textDocument } = document;
  const candidates = misreadIn(textDocument.getText());
  const reported = new Map<Misread, ReportedMisread>();
  const rangeAt = (start: number, end: number): TextRange => ({ start: textDocument.positionAt(start), end: textDocument.positionAt(end) });
  /** Whether an error is reported, or comes after one that is, by what it is there for. */
  const reportMisread = (code: 'unexpected-character' | 'syntax', start: number, end: number): boolean => {
    const misread = candidates.find(({ within }) => within.start < end && start < within.end);
    if (misread === undefined) return [...reported.keys()].some(({ within }) => within.end <= start && /^\s*$/.test(textDocument.getText().slice(within.end, start)));
    if (reported.has(misread)) return true;
    const range = rangeAt(misread.start, misread.end);
    reported.set(misread, { reported: range, within: rangeAt(misread.within.start, misread.within.end) });
    add(code, misread.message, misread.remedy, range, misread.texts.map((text) => fixOf(document, text, range, misread.texts.length === 1)));
    return true;
  };
  for (const error of lexerErrors) {
    if (reportMisread('unexpected-character', error.offset, error.offset + error.length)) continue;
    const [message, remedy] = error.message.split('\n');
    add('unexpected-character', message!, remedy, rangeAt(error.offset, error.offset + error.length));
  }
  for (const error of parserErrors) {
    const { startOffset, image } = error.token;
    if (Number.isFinite(startOffset) && reportMisread('syntax', startOffset, startOffset + image.length)) continue;
    // Lines of syntax/parser-messages.ts.
    const [message, remedy, meant] = error.message.split('\n');
    const range = tokenRange(document, error.token);
    add('syntax', message!, remedy, range, meant === undefined ? [] : [fixOf(document, meant, range, true)]);
  }
  return [...reported.values()];
}

function fixOf({ textDocument }: SpecificationDocument, text: string, range: TextRange, preferred: boolean, title = text === '' ? 'Remove it' : `Write \`${text}\``): TextFix {
  const [start, end] = [textDocument.offsetAt(range.start), textDocument.offsetAt(range.end)];
  return { title, range, text: standingApart(text, textDocument.getText(), start, end), ...(preferred && { preferred }) };
}

/** A finding at the end of the file is placed at the end of the text before it. */
function tokenRange(document: SpecificationDocument, token: { readonly startOffset: number; readonly image: string }): TextRange {
  const { textDocument } = document;
  if (Number.isFinite(token.startOffset) && token.image !== '') {
    return { start: textDocument.positionAt(token.startOffset), end: textDocument.positionAt(token.startOffset + token.image.length) };
  }
  const end = textDocument.positionAt(textDocument.getText().trimEnd().length);
  return { start: end, end };
}

function addUnknownNames(document: SpecificationDocument, imported: ImportedDocuments, add: Add): void {
  // The names of an imported file that is missing are unknown.
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
      nearest !== undefined ? `Did you mean \`${nearest}\`?` : remedyForUnknown(kind, reference.$refText, names),
      reference.$refNode.range,
      nearest === undefined ? [] : [fixOf(document, nearest, reference.$refNode.range, true)],
    );
  }
}

const unknownCodes = { Material: 'unknown-material', Database: 'unknown-database', Case: 'unknown-case' } as const;

function kindNamedBy({ $type }: AstNode): keyof typeof unknownCodes {
  if ($type === 'Transfer' || $type === 'TransferSetting' || $type === 'Study') return 'Case';
  return $type === 'Phase' ? 'Material' : 'Database';
}

function remedyForUnknown(kind: keyof typeof unknownCodes, name: string, names: readonly string[]): string {
  const known = [...new Set(names)].map((each) => `\`${each}\``);
  const others = known.length === 0 ? '' : `, or name one of ${known.join(', ')}`;
  const elsewhere = kind === 'Case' ? '' : ' or import the file that has it';
  return `Write \`${kind.toLowerCase()} ${name} { … }\`${elsewhere}${others}.`;
}

/** The edit that a check proposes for a finding in a range; none where the text that it needs is missing. */
function resolve(fix: ProposedFix, range: TextRange, document: SpecificationDocument): readonly TextFix[] {
  const preferred = fix.preferred === true;
  if ('text' in fix) return [fixOf(document, fix.text, fix.at === undefined ? range : rangeOf(fix.at), preferred, fix.title)];
  const insertion = entryEdit(fix.into, fix.entry);
  if (insertion === undefined) return [];
  const holder = AstUtils.getDocument(fix.into) as SpecificationDocument;
  const start = holder.textDocument.positionAt(insertion.offset);
  const made = fixOf(holder, insertion.text, { start, end: start }, preferred, fix.title ?? `Add \`${fix.entry}\` (replace the value)`);
  return [holder === document ? made : { ...made, file: holder.uri.toString() }];
}

function rangeOf({ node, property, index, at }: NodePlace): TextRange {
  if (at !== undefined) return at.range;
  const own: CstNode | undefined = node.$cstNode;
  const part = property === undefined ? undefined : GrammarUtils.findNodeForProperty(own, property, index);
  return (part ?? own)?.range ?? startOf(node);
}

function startOf(node: AstNode): TextRange {
  // Nodes without text occur only in broken files; the nearest container with text is used.
  const holder = node.$container?.$cstNode?.range.start ?? { line: 0, character: 0 };
  return { start: holder, end: holder };
}
