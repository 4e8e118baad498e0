/* Other spellings of correct text: numbers in other units, entries in the usual order. */
import { AstUtils, CstUtils, type AstNode, type CstNode, type ParseResult } from 'langium';
import { families } from '#domain/microstructures';
import { formatFile } from '#language/format/layout';
import type { Declaration, Quantity, Range, SpecificationFile, Study } from '#language/generated/ast';
import { quantityRule } from '#language/entries/read-block';
import { parseUnit } from '#units/parse-unit';
import { quantity, valueIn, type Unit } from '#units/quantity';
import { unitsOf } from '#units/units';
import type { Offer, Rewrite } from './offer';

/** Writes a number in each other unit of its dimension; a share also without a unit. */
export const convertUnits: Rewrite = (node) => {
  if (node.$type !== 'Quantity' || node.$cstNode === undefined) return [];
  const { value, unit, $container } = node as Quantity;
  const rule = quantityRule(node as Quantity);
  if (rule === undefined || typeof value !== 'number') return [];
  const parsed = unit === undefined ? undefined : parseUnit(unit);
  if (parsed === undefined ? rule.dimension !== 'share' : !parsed.ok || parsed.unit.dimension !== rule.dimension) return [];
  const from = parsed?.ok === true ? parsed.unit : undefined;
  const to: readonly (Unit | undefined)[] = [
    ...unitsOf(rule.dimension).filter((each) => each.symbol !== from?.symbol && each.readOnly !== true),
    ...(rule.dimension === 'share' && from !== undefined ? [undefined] : []),
  ];
  // The first number of a range may share the unit of the second: then both are rewritten.
  const lower = $container.$type === 'Range' && $container.upper === node ? lowerOf($container) : undefined;
  const first = lower?.unit === undefined && rule.dimension !== 'share' ? lower : undefined;
  return to.flatMap((each): Offer[] => {
    const [text, firstText] = [textIn(value, from, each), first === undefined ? '' : numberIn(first.value, from, each)];
    if (text === undefined || firstText === undefined) return [];
    const edits = [...(first?.$cstNode === undefined ? [] : [{ range: first.$cstNode.range, newText: firstText }]), { range: node.$cstNode!.range, newText: text }];
    return [{ title: `Write \`${first === undefined ? '' : `${firstText} .. `}${text}\``, edits }];
  });
};

/** Undefined where the parser has skipped what stands in its place. */
function lowerOf(range: Range): Quantity | undefined {
  return range.lower;
}

function textIn(value: number, from: Unit | undefined, to: Unit | undefined): string | undefined {
  const number = numberIn(value, from, to);
  if (number === undefined || to === undefined) return number;
  return `${number}${to.symbol === '%' ? '' : ' '}${to.symbol}`;
}

/** All digits of the number in another unit; undefined where the conversion is not exact in double precision. */
function numberIn(value: number, from: Unit | undefined, to: Unit | undefined): string | undefined {
  const si = from === undefined ? value : quantity(value, from);
  const shown = to === undefined ? si : valueIn(si as never, to);
  const back = to === undefined ? shown : quantity(shown, to);
  if (!Number.isFinite(shown) || Math.abs(back - si) > 1e-14 * Math.abs(si)) return undefined;
  return String(Number(shown.toPrecision(15)));
}

/** The settings of a study have no usual order. */
type SortedDeclaration = Exclude<Declaration, Study>;

/** Lines of a declaration, each with the keywords that its entries start with, in the order of docs/language.md; '' is a blank line. */
const lines: Readonly<Record<SortedDeclaration['$type'], readonly (readonly string[] | '')[]>> = {
  Material: [['young', 'poisson', 'expansion']],
  Database: [['images'], ['size', 'resolution', 'fraction', 'seed'], families, ['white', 'fit', 'stride', 'tiles', 'speckles', 'periodic'], ['labels']],
  Case: [
    ['white', 'black', 'from'], '',
    ['plane'], ['test'], ['maximize', 'minimize'], ['subject'], '',
    ['learn'], ['explain'], ['construct'], ['compare'], ['refine'],
  ],
};

/** Offers by declaration: an editor requests them at every move of the cursor, and a change of the file makes new declarations. */
const known = new WeakMap<Declaration, readonly Offer[]>();

/**
 * Entries in their usual order and columns. Not offered where a part of the declaration cannot be parsed,
 * because it would be lost, nor where the declaration has comments, because what they refer to is unknown.
 */
export const sortEntries: Rewrite = (node, { services }) => {
  const declaration = AstUtils.getContainerOfType(node, (each): each is SortedDeclaration => each.$type in lines);
  if (declaration === undefined) return [];
  const offers = known.get(declaration) ?? offersFor(declaration, (text) => services.parser.LangiumParser.parse<SpecificationFile>(text));
  known.set(declaration, offers);
  return offers;
};

function offersFor({ $cstNode: written }: Declaration, parse: (text: string) => ParseResult<SpecificationFile>): readonly Offer[] {
  if (written === undefined) return [];
  // The declaration is parsed alone to see whether all of it is understood.
  const { value: file, lexerErrors, parserErrors } = parse(written.text);
  const [owner, ...others] = file.declarations as SortedDeclaration[];
  const isWhole = lexerErrors.length + parserErrors.length + others.length + file.imports.length === 0;
  if (owner?.$cstNode === undefined || !isWhole || CstUtils.flattenCst(file.$cstNode!).some(({ hidden }) => hidden)) return [];
  const sorted = sortedText(owner);
  const text = formatFile(parse(sorted).value, { indent: '    ' }).toReversed().reduce((before, { start, end, text: wanted }) => before.slice(0, start) + wanted + before.slice(end), sorted).trimEnd();
  if (text === written.text) return [];
  return [{ title: `Sort and align the entries of \`${owner.name}\``, edits: [{ range: written.range, newText: text }] }];
}

function sortedText(owner: SortedDeclaration): string {
  const entries = (owner.entries as readonly AstNode[]).map(({ $cstNode }) => ({ word: firstWord($cstNode!), text: $cstNode!.text }));
  const rows = lines[owner.$type].map((words) => {
    if (words === '') return '\n';
    const found = words.flatMap((word) => entries.filter((entry) => entry.word === word));
    // Each constraint and each comparison has a line of its own; other entries share a line.
    return words[0] === 'subject' || words[0] === 'compare' ? found.map(({ text }) => `${text}\n`).join('') : `${found.map(({ text }) => text).join('  ')}\n`;
  });
  const isShort = owner.$type === 'Material';
  const body = rows.filter((row, index) => row.trim() !== '' || (row === '\n' && lines[owner.$type][index] === '')).join('');
  return isShort ? `material ${owner.name} { ${body.trim()} }` : `${owner.$type.toLowerCase()} ${owner.name} {\n${body}}`;
}

function firstWord(node: CstNode): string {
  return CstUtils.flattenCst(node).head()?.text ?? '';
}
