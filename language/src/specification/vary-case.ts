/*
 * A case with other values of some settings, as a syntax tree: copies of the case, of its database and of the blocks that
 * change, with entries made from the values of a study. Everything else is shared with the case, so checks and
 * specification read a variant as they read what is written.
 */
import type { AstNode, Reference } from 'langium';
import { caseDefaults } from '#language/entries/defaults';
import { entries as descriptions } from '#language/entries/entries';
import { hasEntry, isKeyedEntry, type KeyedEntry } from '#language/entries/read-block';
import type { SettingValue } from '#language/entries/read-setting';
import { targetOf, type SettingTarget, type VariedBlock } from '#language/entries/settings';
import type { Case, CaseEntry, CompareOptimization, Construct, Database, Explain, Family, Learn, Outliers, Refine, Setting } from '#language/generated/ast';
import { databaseOf, explainsExactly, firstEntry } from './read-case';
import { optimizingBlocks, sharedKeys } from './read-optimization';

/** A setting with one of its values. */
export interface ChosenValue {
  readonly setting: Setting;
  readonly value: SettingValue;
}

export interface VariedCase {
  readonly node: Case;
  /** The blocks and entries that are not those of the case, with the value that made each. */
  readonly made: ReadonlyMap<AstNode, SettingValue>;
}

type Holder = Database | Family | Learn | Explain | Construct | Refine | CompareOptimization;
type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Why a case has nothing that a setting could change; undefined where it has. */
export function absentFor(node: Case, setting: Setting): VariedBlock | undefined {
  const target = targetOf(setting);
  const database = target?.block === 'database' ? databaseOf(node) : undefined;
  if (database !== undefined && target?.key !== undefined && !hasEntry(database, target.key)) return 'database';
  // A method that takes a network may be one of the values of the study.
  if (target?.block === 'learn' && explainsExactly(node) && !setting.$container.entries.some(isMethod)) return target.block;
  return target === undefined || holderOf(node, target) !== undefined || canBeAdded(target.block) ? undefined : target.block;
}

/** The case with each of the values; undefined where it has nothing that one of them could change. */
export function varyCase(original: Case, chosen: readonly ChosenValue[]): VariedCase | undefined {
  const node: Writable<Case> = { ...original, entries: [...original.entries] };
  const made = new Map<AstNode, SettingValue>();
  for (const { setting, value } of chosen) if (isMethod(setting)) explainBy(node, made, value);
  for (const { setting, value } of chosen) {
    const target = targetOf(setting);
    const holder = target === undefined ? undefined : ownHolder(node, target, made, value);
    if (target === undefined || holder === undefined) return undefined;
    const word = value.content.kind === 'word' ? value.content.word : undefined;
    if (target.key === undefined) Object.assign(holder, target.block === 'learn' ? { network: word } : { method: word });
    else putEntry(node, holder, target, value, made);
  }
  return { node, made };
}

/** Whether a setting is how images are explained. */
export function isMethod(setting: Setting): boolean {
  const target = targetOf(setting);
  return target?.block === 'explain' && target.key === undefined;
}

/** Another method leaves out what the case says of its own one alone: what cuts the maps of a network, and its training, or the squares. */
function explainBy(node: Writable<Case>, made: Map<AstNode, SettingValue>, value: SettingValue): void {
  const explain = ownHolder(node, { block: 'explain' }, made, value) as Explain;
  Object.assign(explain, { method: value.content.kind === 'word' ? value.content.word : undefined });
  Object.assign(explain, { entries: explain.entries.filter(({ key }) => hasEntry(explain, key)) });
  if (explain.method === 'exact') node.entries = node.entries.filter(({ $type }) => $type !== 'Learn');
}

function canBeAdded(block: VariedBlock): block is 'learn' | 'explain' | 'construct' {
  return block === 'learn' || block === 'explain' || block === 'construct';
}

/** Where a case has the entries that a target is one of. */
function holderOf(node: Case, { block, key }: SettingTarget): Holder | undefined {
  switch (block) {
    case 'database':
      return databaseOf(node);
    case 'particles':
    case 'fibers':
    case 'cells':
    case 'spinodal':
      return databaseOf(node)?.entries.find((entry): entry is Family => entry.$type === 'Family' && entry.kind === block);
    case 'learn':
      return firstEntry(node, 'Learn');
    case 'explain':
      return firstEntry(node, 'Explain');
    case 'construct':
      return firstEntry(node, 'Construct');
    case 'compare':
      return firstEntry(node, 'CompareOptimization');
    case 'refine':
      // All arms of a case optimize alike: either block says it for both.
      return isShared(key) ? optimizingBlocks(node)[0] : firstEntry(node, 'Refine');
  }
}

function isShared(key: string | undefined): boolean {
  return (sharedKeys as readonly (string | undefined)[]).includes(key);
}

/** The holder as a copy of this variant's own, in its place; undefined where the case has none. */
function ownHolder(node: Writable<Case>, target: SettingTarget, made: Map<AstNode, SettingValue>, value: SettingValue): Holder | undefined {
  const holder = holderOf(node, target) ?? (canBeAdded(target.block) ? addedBlock(node, target.block) : undefined);
  if (holder === undefined || made.has(holder)) return holder;
  const copy = { ...holder, entries: [...holder.entries] } as Holder;
  made.set(copy, value);
  if (copy.$type === 'Database') replaceDatabase(node, copy);
  else if (copy.$type === 'Family') {
    const database = ownHolder(node, { block: 'database' }, made, value) as Database;
    database.entries = database.entries.map((entry) => (entry === holder ? copy : entry));
  } else if (node.entries.includes(holder as CaseEntry)) node.entries = node.entries.map((entry) => (entry === holder ? copy : entry));
  else node.entries = [...node.entries, copy];
  return copy;
}

function replaceDatabase(node: Writable<Case>, database: Database): void {
  node.entries = node.entries.map((entry) => {
    if (entry.$type !== 'Source') return entry;
    const { $refNode, $refText } = entry.database;
    return { ...entry, database: { ref: database, $refText, ...($refNode !== undefined && { $refNode }) } as Reference<Database> };
  });
}

/** A block that the case leaves out, with the word that it has then. */
function addedBlock($container: Case, block: 'learn' | 'explain' | 'construct'): Holder {
  switch (block) {
    case 'learn':
      return { $type: 'Learn', $container, network: caseDefaults.network, entries: [] };
    case 'explain':
      return { $type: 'Explain', $container, method: caseDefaults.method, entries: [] };
    case 'construct':
      return { $type: 'Construct', $container, method: caseDefaults.construction, entries: [] };
  }
}

function putEntry(node: Case, holder: Holder, { block, key }: SettingTarget, value: SettingValue, made: Map<AstNode, SettingValue>): void {
  const entries = holder.entries as AstNode[];
  const before = entries.findIndex((entry) => isKeyedEntry(entry) && entry.key === key);
  const entry = entryWith(holder, block, key!, value, node, entries[before] as KeyedEntry | undefined);
  made.set(entry, value);
  Object.assign(holder, { entries: before < 0 ? [...entries, entry] : entries.with(before, entry) });
  if (isShared(key)) for (const other of optimizingBlocks(node)) if (other !== holder) leaveOut(node as Writable<Case>, other, key!);
}

/** The value in one block holds for the other, too. */
function leaveOut(node: Writable<Case>, block: Refine | CompareOptimization, key: string): void {
  const entries = (block.entries as readonly AstNode[]).filter((entry) => !(isKeyedEntry(entry) && entry.key === key));
  if (entries.length < block.entries.length) node.entries = node.entries.map((entry) => (entry === block ? ({ ...block, entries } as typeof block) : entry));
}

function entryWith($container: Holder, block: VariedBlock, key: string, { content, place: $cstNode }: SettingValue, node: Case, before: KeyedEntry | undefined): KeyedEntry {
  const around = { $container, $cstNode, key };
  const made = (entry: object): KeyedEntry => entry as KeyedEntry;
  switch (content.kind) {
    case 'number': {
      const { quantity } = content;
      if (key === 'outliers') return made({ ...around, $type: 'Outliers', side: sideOf(node, before), share: quantity });
      if (descriptions[block][key]?.form === 'list') return made({ ...around, $type: 'ListEntry', values: [quantity] });
      return made({ ...around, $type: 'NumberEntry', value: quantity });
    }
    case 'range':
      return made({ ...around, $type: 'RangeEntry', range: content.range });
    case 'path':
      if (key === 'from') return made({ ...around, $type: 'ChoicesEntry', choices: [], pictures: [content.path] });
      return made(key === 'images' ? { ...around, $type: 'PathsEntry', paths: [content.path] } : { ...around, $type: 'PathEntry', path: content.path });
    case 'case':
      return made({ ...around, $type: 'Transfer', source: content.source });
    case 'word':
      switch (descriptions[block][key]?.form) {
        case 'choices':
          return made({ ...around, $type: 'ChoicesEntry', choices: [content.word], pictures: [] });
        case 'properties':
          return made({ ...around, $type: 'PropertiesEntry', properties: [content.word] });
        default:
          return made({ ...around, $type: 'ChoiceEntry', choice: content.word });
      }
  }
}

/** As the case says it, else the side that its objective asks for. */
function sideOf(node: Case, before: KeyedEntry | undefined): Outliers['side'] {
  if (before?.$type === 'Outliers') return before.side;
  return firstEntry(node, 'Objective')?.sense === 'minimize' ? 'bottom' : 'top';
}
