/* What a study may vary: which entry of which block each of its settings stands for. */
import type { BlockName, EntryDescription, NumberRule } from './entries';
import { entries } from './entries';
import type { Setting } from '#language/generated/ast';

/** A block whose entries a study may vary. */
export type VariedBlock = Exclude<BlockName, 'material' | 'labels'>;

/** What a setting varies: an entry of a block, or the word that follows the keyword of the block. */
export interface SettingTarget {
  readonly block: VariedBlock;
  /** Of the entry in its block; absent for the word after the block's keyword. */
  readonly key?: string;
}

/** The words after the keywords of blocks, by the keywords of their settings. */
const heads = { network: 'learn', method: 'explain', construct: 'construct' } as const satisfies Readonly<Record<string, VariedBlock>>;

const blocks = (Object.keys(entries) as BlockName[]).filter((block): block is VariedBlock => block !== 'material' && block !== 'labels');

/** Forms of entries that no setting has. */
const fixed: ReadonlySet<EntryDescription['form']> = new Set(['white', 'labels']);

/** Entries that several blocks have, so that the keyword of the block comes first; `from` alone is the database of a case. */
const prefixed: Readonly<Partial<Record<VariedBlock, readonly string[]>>> = { particles: ['orientation', 'overlap'], fibers: ['orientation', 'overlap'], compare: ['from'] };

/** The words that begin a setting, in the order of the blocks. */
export const settingKeywords: readonly string[] = [
  ...new Set(blocks.flatMap((block) => [
    ...Object.entries(heads).flatMap(([word, head]) => (head === block ? [word] : [])),
    ...Object.keys(entries[block]).filter((key) => !fixed.has(entries[block][key]!.form)).map((key) => (prefixed[block]?.includes(key) === true ? block : key)),
  ])),
];

/** Undefined in broken text. The optimizations of a case share their entries: there, the first block stands for both. */
export function targetOf({ key, block }: { readonly key: string | undefined; readonly block?: string | undefined }): SettingTarget | undefined {
  if (key === undefined) return undefined;
  if (key in heads) return { block: heads[key as keyof typeof heads] };
  const found = blocks.find((each) => (block === undefined || each === block) && Object.hasOwn(entries[each], key));
  return found && { block: found, key };
}

/** The name of a setting: the keyword of its entry, after that of its block where several blocks have such an entry. */
export function settingName({ key, block }: { readonly key: string; readonly block?: string | undefined }): string {
  return block === undefined ? key : `${block} ${key}`;
}

/** The description of the entry that a setting varies; undefined for the word after a block's keyword. */
export function describedBy(setting: Setting): EntryDescription | undefined {
  const target = targetOf(setting);
  return target?.key === undefined ? undefined : entries[target.block][target.key];
}

/** The rule of the numbers of a setting; undefined for words and in broken text. */
export function settingRule(setting: Setting): NumberRule | undefined {
  return describedBy(setting)?.rule;
}
