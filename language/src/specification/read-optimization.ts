/* The optimizations of a case as far as they can be read: two blocks, which share how cells are optimized. */
import { GrammarUtils } from 'langium';
import type { OptimizationSettings, OptimizationSymmetry, StartSource } from '#domain/optimization';
import { readBlock, type BlockReader, type KeyedEntry } from '#language/entries/read-block';
import type { Case, ChoicesEntry, CompareOptimization, Refine } from '#language/generated/ast';
import { firstEntry } from './read-case';

/** The entries of both blocks; all arms of a case optimize alike, so a value in one block holds for the other, too. */
export const sharedKeys = ['filter', 'symmetry'] as const satisfies readonly (keyof OptimizationSettings)[];

export function refineReader(node: Case): BlockReader {
  return readBlock('refine', firstEntry(node, 'Refine'));
}

export function startsReader(node: Case): BlockReader {
  return readBlock('compare', firstEntry(node, 'CompareOptimization'));
}

/** The sources of starts of `compare optimization` in the order of the file; all of its PNG files are one, in the place of the first one. */
export interface WrittenSources {
  readonly from: readonly StartSource[];
  /** The entry, and its paths as written; absent where the entry names no file. */
  readonly files?: { readonly entry: ChoicesEntry; readonly paths: readonly string[] };
}

/** As written, else by default; undefined in broken text. */
export function sourcesOf(reader: BlockReader): WrittenSources | undefined {
  const entry = reader.entry('from');
  if (entry?.$type !== 'ChoicesEntry' || entry.pictures.length === 0) {
    const from = reader.choices<StartSource>('from');
    return from && { from };
  }
  const [first] = GrammarUtils.findNodesForProperty(entry.$cstNode, 'pictures');
  const before = GrammarUtils.findNodesForProperty(entry.$cstNode, 'choices').filter(({ offset }) => offset < (first?.offset ?? 0)).length;
  return { from: (entry.choices as readonly StartSource[]).toSpliced(before, 0, 'pictures'), files: { entry, paths: entry.pictures } };
}

/** The blocks of a case that optimize, in the order of the file; of a block that is there twice the first one. */
export function optimizingBlocks(node: Case): readonly (Refine | CompareOptimization)[] {
  const blocks = [firstEntry(node, 'Refine'), firstEntry(node, 'CompareOptimization')].filter((block) => block !== undefined);
  return blocks.toSorted((a, b) => node.entries.indexOf(a) - node.entries.indexOf(b));
}

/** The entries of a case that say a shared value, in the order of the file. */
export function sharedEntries(node: Case, key: (typeof sharedKeys)[number]): readonly KeyedEntry[] {
  return optimizingBlocks(node).flatMap((block) => readerOf(node, block).entry(key) ?? []);
}

/** How the case optimizes: as written in either block, else by default. */
export function optimizationOf(node: Case): { readonly [K in keyof OptimizationSettings]: OptimizationSettings[K] | undefined } {
  const readerWith = (key: (typeof sharedKeys)[number]): BlockReader => [refineReader(node), startsReader(node)].find((reader) => reader.entry(key) !== undefined) ?? refineReader(node);
  return { filter: readerWith('filter').number('filter'), symmetry: readerWith('symmetry').choice<OptimizationSymmetry>('symmetry') };
}

function readerOf(node: Case, { $type }: Refine | CompareOptimization): BlockReader {
  return $type === 'Refine' ? refineReader(node) : startsReader(node);
}
