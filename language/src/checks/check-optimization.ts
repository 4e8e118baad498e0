/* What the optimizations of a case cannot do, or would do twice. */
import { keepsDirectionsEqual, nothingToOptimize, startsByTurns, type OptimizationSymmetry, type SharedByPhases } from '#domain/optimization';
import { directions, type Objective } from '#domain/objective';
import { readBlock, type KeyedEntry } from '#language/entries/read-block';
import type { Check, NodePlace } from '#language/findings';
import type { Case, CompareOptimization, Refine } from '#language/generated/ast';
import { databaseOf, firstEntry, materialOfPhase, objectiveProperty, phaseOf, planeOf, testOf, voidPhase } from '#language/specification/read-case';
import { optimizingBlocks, sharedEntries, sharedKeys, sourcesOf, startsReader } from '#language/specification/read-optimization';
import { formatCount } from '#units/format-quantity';
import { partOf, sameSolid } from './check-physics';

const whyNothing: Readonly<Record<SharedByPhases, readonly [message: string, remedy: string]>> = {
  expansion: ['have one thermal expansion in the plane, and so does every arrangement of them: there is nothing to optimize.', 'Choose phases with different `expansion`'],
  'bulk-modulus': ['have the same bulk modulus: the thermal expansion follows from the fraction alone, and there is nothing to optimize.', 'Choose phases with different stiffness'],
  stiffness: ['have the same stiffness, and so does every arrangement of them: there is nothing to optimize.', 'Choose phases with different stiffness'],
};

/** `equal-phases` of what only an optimization cannot work with. */
export const checkOptimizedPhases: Check<Case> = (node, report) => {
  const blocks = optimizingBlocks(node);
  const [white, black, blackPhase] = [materialOfPhase(node, 'white'), materialOfPhase(node, 'black'), phaseOf(node, 'black')];
  const [objective, test] = [objectiveOf(node), testOf(node)];
  if (blocks.length === 0 || white === undefined || black === undefined || blackPhase === undefined || objective === undefined || test === undefined) return;
  if (sameSolid(white, black, objective.property) !== undefined) return;
  const expands = objective.property === 'thermal-expansion';
  const hasVoid = white === voidPhase || black === voidPhase;
  // Other checks report a missing expansion, and a void in a periodic cell.
  if (expands && (hasVoid ? test === 'periodic' : white.thermalExpansion === undefined || black.thermalExpansion === undefined)) return;
  const shared = nothingToOptimize({ phases: { white, black }, plane: planeOf(node), test, objective });
  if (shared === undefined) return;
  const words = blocks.map((block) => (block.$type === 'Refine' ? '`refine optimization`' : '`compare optimization`')).join(' and ');
  const [message, remedy] =
    expands && hasVoid
      ? [`With a void, every cell of \`${(white === voidPhase ? black : white).name}\` expands like it: there is nothing to optimize.`, 'Choose a material for the pores']
      : [`\`${white.name}\` and \`${black.name}\` ${whyNothing[shared][0]}`, whyNothing[shared][1]];
  report('equal-phases', message, `${remedy}, or delete ${words}.`, { node: blackPhase, property: partOf(blackPhase) });
};

/** `symmetry-of-one-direction` */
export const checkSymmetry: Check<Case> = (node, report) => {
  const objective = objectiveOf(node);
  if (objective?.directions.length !== 1) return;
  for (const entry of sharedEntries(node, 'symmetry')) {
    const symmetry = entry.$type === 'ChoiceEntry' ? (entry.choice as OptimizationSymmetry | undefined) : undefined;
    if (symmetry === undefined || !keepsDirectionsEqual(symmetry)) continue;
    const message = `The objective asks for direction ${objective.directions[0]!} alone, and symmetry \`${symmetry}\` makes both directions equal.`;
    report('symmetry-of-one-direction', message, 'Use symmetry `mirror` or `none`.', { node: entry, property: 'choice' }, [{ text: 'mirror' }, { text: 'none' }]);
  }
};

function objectiveOf(node: Case): Objective | undefined {
  const [written, property] = [firstEntry(node, 'Objective'), objectiveProperty(node)];
  if (written?.sense === undefined || property === undefined || written.directions.length === 0) return undefined;
  return { sense: written.sense, property, directions: directions.filter((direction) => written.directions.includes(direction)) };
}

/** `optimizations-differ` */
export const checkOptimizations: Check<Case> = (node, report) => {
  const [first, second] = optimizingBlocks(node);
  if (first === undefined || second === undefined) return;
  for (const key of sharedKeys) {
    const [one, other] = sharedEntries(node, key);
    if (one === undefined || other === undefined) continue;
    const [before, after] = [valueOf(first, one), valueOf(second, other)];
    if (before === undefined || after === undefined || before === after) continue;
    const line = (one.$cstNode?.range.start.line ?? 0) + 1;
    report(
      'optimizations-differ',
      `\`${key}\` is ${before} in line ${line} and ${after} here: starts can be compared only if all of them are optimized alike.`,
      `Write \`${key} ${before}\`, or delete one of the two: it holds for both.`,
      { node: other, property: key === 'symmetry' ? 'choice' : 'value' },
      [{ text: String(before) }],
    );
  }
};

function valueOf(block: Refine | CompareOptimization, { key }: KeyedEntry): number | string | undefined {
  const reader = readBlock(block.$type === 'Refine' ? 'refine' : 'compare', block);
  return key === 'symmetry' ? reader.choice(key) : reader.number(key);
}

/** `source-twice` */
export const checkSources: Check<CompareOptimization> = (node, report) => {
  const entry = readBlock('compare', node).entry('from');
  if (entry?.$type !== 'ChoicesEntry') return;
  for (const property of ['choices', 'pictures'] as const) {
    entry[property].forEach((source, index) => {
      if (entry[property].indexOf(source) === index) return;
      report('source-twice', `The source ${quoted(source, property)} is given twice; the same starts would be optimized again.`, 'Keep one of them.', { node: entry, property, index });
    });
  }
};

function quoted(source: string, property: 'choices' | 'pictures'): string {
  return property === 'choices' ? `\`${source}\`` : `"${source}"`;
}

/** `few-starts`, `entry-without-effect` of sources that no start is taken from */
export const checkStarts: Check<Case> = (node, report) => {
  const reader = startsReader(node);
  const [starts, sources, database] = [reader.number('starts'), sourcesOf(reader), databaseOf(node)];
  const images = database === undefined ? undefined : readBlock('database', database).number('size');
  const [startsEntry, fromEntry] = [reader.entry('starts'), reader.entry('from')];
  if (starts === undefined || sources === undefined || images === undefined || firstEntry(node, 'CompareOptimization') === undefined) return;
  const { from, files } = sources;
  const paths = files?.paths ?? [];
  if ([from, paths].some((each) => new Set(each).size < each.length)) return;
  const taken = startsByTurns(starts, from, images, paths.length);
  if (taken.length < starts) {
    const limits = from.flatMap((source): string | readonly string[] => {
      if (source === 'pictures') return paths.map((path) => `"${path}" is one start`);
      return source === 'images' ? `\`images\` is ${formatCount(images, 'start')}` : `\`${source}\` is one start`;
    });
    const place: NodePlace = startsEntry !== undefined ? { node: startsEntry, property: 'value' } : { node: fromEntry! };
    const fix = startsEntry !== undefined ? { text: String(taken.length) } : { title: `Add \`starts ${taken.length}\``, entry: `starts ${taken.length}`, into: firstEntry(node, 'CompareOptimization')! };
    report('few-starts', `There are ${formatCount(taken.length, 'start')} instead of ${starts}: ${limits.join(', ')}.`, `Write \`starts ${taken.length}\`, or add \`noise\` or \`cosines\`, which have as many as asked for.`, place, [fix]);
  }
  if (fromEntry === undefined) return;
  const keywords = from.filter((source) => source !== 'pictures');
  const reportUnused = (source: string, property: 'choices' | 'pictures', index: number): void => {
    report('entry-without-effect', `With ${formatCount(starts, 'start')}, none is taken from ${quoted(source, property)}.`, `Write \`starts ${keywords.length + paths.length}\` or more, or delete this source.`, { node: fromEntry, property, index });
  };
  keywords.forEach((source, index) => {
    if (!taken.some((start) => start.source === source)) reportUnused(source, 'choices', index);
  });
  paths.forEach((path, index) => {
    if (!taken.some((start) => start.source === 'pictures' && start.number === index)) reportUnused(path, 'pictures', index);
  });
};
