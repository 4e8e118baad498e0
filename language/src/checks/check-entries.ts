import type { AstNode } from 'langium';
import { comparesOwnDesigns, patchConstructions } from '#domain/arms';
import { entries as descriptions } from '#language/entries/entries';
import { blockName, databaseKind, hasEntry, isKeyedEntry, readBlock, type Block } from '#language/entries/read-block';
import type { Check, NodePlace, Report } from '#language/findings';
import type { Case, CaseEntry, Database, Explain, Family } from '#language/generated/ast';
import { comparisonsOf, constructionOf, constructReader, explainReader, explainsExactly, firstEntry, learnReader, studiesOf } from '#language/specification/read-case';
import { isMethod } from '#language/specification/vary-case';
import { capitalized } from '#units/sentences';

/** `entry-twice` and `missing-entry` of blocks whose entries have keys. */
export const checkKeyedEntries: Check<Block> = (block, report, { hasSyntaxErrors }) => {
  const nodes = (block.entries as readonly AstNode[]).filter(isKeyedEntry);
  reportTwice(nodes.map((node) => ({ name: node.key, place: { node, property: 'key' } })), report);

  const head = headOf(block);
  if (hasSyntaxErrors || head === undefined) return;
  for (const [key, { required, requiredOf }] of Object.entries(descriptions[blockName(block)])) {
    if (required === undefined || nodes.some((node) => node.key === key)) continue;
    if (requiredOf !== undefined && block.$type === 'Database' && (databaseKind(block) ?? requiredOf) !== requiredOf) continue;
    report('missing-entry', `${head.words} has no \`${key}\`.`, `Add a line such as \`${required}\`.`, head.place, block.$type === 'Family' ? [] : [{ entry: required, into: block }]);
  }
};

/** What messages call a block, and where they point; undefined for a block without a name, which requires nothing. */
function headOf(block: Block): { readonly words: string; readonly place: NodePlace } | undefined {
  if (block.$type === 'Labels') return { words: '`labels`', place: { node: block, property: 'key' } };
  const name = 'name' in block ? block.name : undefined;
  return name === undefined ? undefined : { words: `${block.$type} \`${name}\``, place: { node: block, property: 'name' } };
}

/** `entry-twice` of the families of a database. */
export const checkDatabaseEntries: Check<Database> = (database, report) => {
  const families = database.entries.filter((entry) => entry.$type === 'Family');
  reportTwice(families.map((node) => ({ name: node.kind, place: { node, property: 'kind' } })), report);
};

/** `entry-twice` and `missing-entry` of a case. */
export const checkCaseEntries: Check<Case> = (node, report, { hasSyntaxErrors }) => {
  const named = node.entries.flatMap((entry) => {
    const found = nameOfCaseEntry(entry);
    return found === undefined ? [] : [{ ...found, entry }];
  });
  reportTwice(named, report);

  if (hasSyntaxErrors || node.name === undefined) return;
  for (const [name, example] of requiredInCase) {
    if (named.some((entry) => entry.name === name)) continue;
    report('missing-entry', `Case \`${node.name}\` has no ${name === objective ? name : `\`${name}\``}.`, `Add a line such as \`${example}\`.`, { node, property: 'name' }, [{ entry: example, into: node }]);
  }
};

/** The only name that is not a keyword: `maximize` and `minimize` exclude each other. */
const objective = 'objective';

const requiredInCase = [
  ['white', 'white Boron'],
  ['black', 'black Aluminum'],
  ['from', 'from Stochastic'],
  [objective, 'maximize E along x, y'],
] as const;

/** Entries of one name exclude each other. */
function nameOfCaseEntry(entry: CaseEntry): { readonly name: string; readonly place: NodePlace } | undefined {
  switch (entry.$type) {
    case 'Phase':
      return { name: entry.color, place: { node: entry, property: 'color' } };
    case 'Source':
      return { name: 'from', place: { node: entry } };
    case 'Plane':
      return { name: 'plane', place: { node: entry } };
    case 'Test':
      return { name: 'test', place: { node: entry } };
    case 'Objective':
      return { name: objective, place: { node: entry, property: 'sense' } };
    case 'DifferenceConstraint':
      return { name: `difference(${entry.property})`, place: { node: entry } };
    case 'FractionConstraint':
      return { name: 'subject to fraction', place: { node: entry } };
    case 'BoundConstraint':
      return { name: `${entry.property} ${entry.relation}`, place: { node: entry } };
    case 'Learn':
      return { name: 'learn', place: { node: entry, property: 'network' } };
    case 'Explain':
      return { name: 'explain', place: { node: entry, property: 'method' } };
    case 'Construct':
      return { name: 'construct', place: { node: entry, property: 'method' } };
    case 'CompareControl':
      return { name: `compare ${entry.arm}`, place: { node: entry } };
    case 'CompareOptimization':
    case 'ComparePictures':
      return { name: `compare ${entry.arm}`, place: { node: entry, property: 'arm' } };
    case 'Refine':
      return { name: `refine ${entry.method}`, place: { node: entry, property: 'method' } };
    default:
      return undefined;
  }
}

/** `entry-twice` of entries that exclude each other by their names. */
export function reportTwice(named: readonly { readonly name: string; readonly place: NodePlace }[], report: Report): void {
  const first = new Map<string, NodePlace>();
  for (const { name, place } of named) {
    const before = first.get(name);
    if (before === undefined) {
      first.set(name, place);
      continue;
    }
    const line = (before.node.$cstNode?.range.start.line ?? 0) + 1;
    report('entry-twice', `${name === objective ? 'The objective' : `\`${name}\``} is given twice; the first is in line ${line}.`, 'Keep one of them.', place);
  }
}

/** `compares-own-construction` */
export const checkComparisons: Check<Case> = (node, report) => {
  const construct = constructionOf(node);
  const compared = comparisonsOf(node);
  for (const entry of compared) {
    // Broken text may end before the word.
    if ((entry.arm as string | undefined) === undefined || !comparesOwnDesigns(entry.arm, construct)) continue;
    const others = patchConstructions.filter((other) => other !== construct && compared.every(({ arm }) => arm !== other));
    const remedy = [...others.map((other) => `write \`compare ${other}\``), 'delete this entry'].join(', or ');
    report(
      'compares-own-construction',
      `The case constructs its own designs with \`${construct}\`, so this comparison would be one with the same designs.`,
      `${capitalized(remedy)}.`,
      { node: entry, property: 'arm' },
      others.map((text) => ({ text })),
    );
  }
};

/** `entry-without-effect` of a case: entries that have no effect because of its other entries. */
export const checkUnusedEntries: Check<Case> = (node, report) => {
  const training = firstEntry(node, 'Learn');
  if (training !== undefined && explainsExactly(node) && !studiesOf(node).some(({ entries }) => entries.some(isMethod))) {
    const fix = { title: 'Delete `learn`', text: '', at: { node: training }, preferred: true } as const;
    report('entry-without-effect', '`explain exact` takes no network, so nothing is trained.', 'Delete this entry, or explain by a network: `explain gradram`.', { node: training, property: 'network' }, [fix]);
  }
  const learn = learnReader(node);
  const decay = learn.entry('weight-decay');
  if (decay !== undefined && learn.choice('optimizer') === 'adam' && learn.number('weight-decay') !== 0) {
    report('entry-without-effect', '`adam` has no decoupled weight decay.', 'Write `optimizer adamw`, or delete this entry.', { node: decay });
  }
  const patience = learn.entry('patience');
  if (patience !== undefined && learn.number('validation') === 0) {
    report('entry-without-effect', 'Without validation images there is no validation error to stop on.', 'Write `validation 5%`, or delete this entry.', { node: patience });
  }
  const intersect = explainsExactly(node) ? undefined : explainReader(node).entry('intersect');
  const directions = firstEntry(node, 'Objective')?.directions ?? [];
  if (intersect !== undefined && new Set(directions).size === 1) {
    report('entry-without-effect', 'An objective along one direction has one map, and nothing to intersect.', 'Delete this entry.', { node: intersect });
  }
};

/** `symmetry-of-one-direction` and `entry-without-effect` of the mirror lines. */
export const checkAxes: Check<Case> = (node, report) => {
  const entry = constructReader(node).entry('axes');
  if (entry?.$type !== 'ChoiceEntry' || entry.choice !== 'four') return;
  if (constructionOf(node) === 'graph' && !comparisonsOf(node).some(({ arm }) => arm === 'mirror')) {
    report('entry-without-effect', 'Cells of `construct graph` are not mirrored.', 'Write `construct mirror`, or delete this entry.', { node: entry });
    return;
  }
  const [direction, ...others] = new Set(firstEntry(node, 'Objective')?.directions ?? []);
  if (direction === undefined || others.length > 0) return;
  const message = `The objective asks for direction ${direction} alone, and \`axes four\` makes both directions equal.`;
  report('symmetry-of-one-direction', message, 'Write `axes two`, or delete this entry.', { node: entry, property: 'choice' }, [{ text: 'two' }]);
};

/** `entry-of-other-method`: layers and thresholds are of a network, squares of exact contributions. */
export const checkMethodEntries: Check<Explain> = (explain, report) => {
  for (const entry of explain.entries) {
    if ((entry.key as string | undefined) === undefined || hasEntry(explain, entry.key)) continue;
    const exact = explain.method === 'exact';
    const message = exact ? `\`explain exact\` takes no network, so it has no \`${entry.key}\`.` : `\`explain ${explain.method}\` explains by the maps of a network, so it has no \`${entry.key}\`.`;
    const remedy = exact ? 'Delete this entry; `edge 16, 24, 32` says how large the squares are that become patches.' : 'Delete this entry, or write `explain exact`.';
    report('entry-of-other-method', message, remedy, { node: entry, property: 'key' }, [
      { title: `Delete \`${entry.key}\``, text: '', at: { node: entry }, preferred: true },
      ...(exact ? [] : [{ title: 'Write `explain exact`', text: 'exact', at: { node: explain, property: 'method' } }]),
    ]);
  }
};

/** `entry-without-effect` of spinodal images: noise is not a sum of waves. */
export const checkUnusedWaves: Check<Family> = (family, report) => {
  if (family.kind !== 'spinodal') return;
  const reader = readBlock('spinodal', family);
  const waves = reader.entry('waves');
  if (waves === undefined || reader.choice('synthesis') === 'waves') return;
  report('entry-without-effect', '`synthesis noise` has no number of waves.', 'Write `synthesis waves`, or delete this entry.', { node: waves });
};
