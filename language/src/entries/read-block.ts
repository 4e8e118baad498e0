import type { Interval } from '#domain/intervals';
import type {
  ChoiceEntry, ChoicesEntry, ColumnsEntry, CompareOptimization, Construct, Database, Explain, Family, Labels, Learn, ListEntry, Material, NumberEntry, Outliers, PathEntry,
  PathsEntry, PropertiesEntry, Quantity, RangeEntry, Refine, Transfer, WhiteEntry,
} from '#language/generated/ast';
import { constructDefaults, databaseDefaults, explainDefaults, familyDefaults, learnDefaults, optimizationDefaults, type DefaultValue } from './defaults';
import { entries as descriptions, differenceRule, fractionRule, propertyRules, shareRule, propertyNames, type BlockName, type DatabaseKind, type NumberRule } from './entries';
import { readNumber, readRange } from './read-number';
import { settingRule } from './settings';

/** A node that holds entries with keys. */
export type Block = Material | Database | Labels | Family | Learn | Explain | Construct | Refine | CompareOptimization;
/** An entry with a key. */
export type KeyedEntry = NumberEntry | RangeEntry | ListEntry | ChoiceEntry | ChoicesEntry | ColumnsEntry | Labels | Outliers | PathEntry | PathsEntry | PropertiesEntry | Transfer | WhiteEntry;

/** The name under which entries.ts describes a block. */
export function blockName(block: Block): BlockName {
  switch (block.$type) {
    case 'Family':
      return block.kind;
    case 'Material':
      return 'material';
    case 'Database':
      return 'database';
    case 'Labels':
      return 'labels';
    case 'Learn':
      return 'learn';
    case 'Explain':
      return 'explain';
    case 'Construct':
      return 'construct';
    case 'Refine':
      return 'refine';
    case 'CompareOptimization':
      return 'compare';
  }
}

/** Whether a node is an entry with a key: a family inside a database is not. */
export function isKeyedEntry(node: { readonly $type: string }): node is KeyedEntry {
  return keyedTypes.has(node.$type);
}

const keyedTypes: ReadonlySet<string> = new Set([
  'NumberEntry', 'RangeEntry', 'ListEntry', 'ChoiceEntry', 'ChoicesEntry', 'ColumnsEntry', 'Labels', 'Outliers', 'PathEntry', 'PathsEntry', 'PropertiesEntry', 'Transfer', 'WhiteEntry',
]);

/** The rule of a number in an entry of a block; undefined for choices and for broken text. */
export function numberRule(block: Block, key: string | undefined): NumberRule | undefined {
  return key === undefined ? undefined : descriptions[blockName(block)]?.[key]?.rule;
}

/** The kind of a database by its entries; undefined as long as it has neither images nor families. */
export function databaseKind({ entries }: Database): DatabaseKind | undefined {
  if (entries.some(({ $type }) => $type === 'PathsEntry')) return 'files';
  return entries.some(({ $type }) => $type === 'Family') ? 'random' : undefined;
}

/** Whether a block has an entry: some of `explain` are those of one method, some of `database` those of one kind. Broken text has all. */
export function hasEntry(block: Block, key: string): boolean {
  if (block.$type === 'Database') {
    const [kind, of] = [databaseKind(block), descriptions.database[key]?.ofDatabase];
    return kind === undefined || of === undefined || kind === of;
  }
  const by = descriptions[blockName(block)]?.[key]?.explainedBy;
  if (by === undefined || block.$type !== 'Explain' || (block.method as string | undefined) === undefined) return true;
  return by === (block.method === 'exact' ? 'exact' : 'network');
}

/** The values of a block: the written value, else the default, else undefined (missing or wrong; the checks report it). */
export interface BlockReader {
  number(key: string): number | undefined;
  range(key: string): Interval | undefined;
  numbers(key: string): readonly number[] | undefined;
  /** The grammar admits only words of `T`; the caller names them. */
  choice<T extends string>(key: string): T | undefined;
  /** The same for entries that take several words. */
  choices<T extends string>(key: string): readonly T[] | undefined;
  /** The entry as written. */
  entry(key: string): KeyedEntry | undefined;
}

/** A tree never changes once it is parsed, and many cases read one database. */
const readers = new WeakMap<Block, BlockReader>();

/** Reads a block that may be left out altogether: then all values are defaults. */
export function readBlock(name: BlockName, block: Block | undefined, network: Learn['network'] = 'compact'): BlockReader {
  if (block === undefined) return createReader(name, undefined, network);
  const known = readers.get(block);
  if (known !== undefined) return known;
  const reader = createReader(name, block, network);
  readers.set(block, reader);
  return reader;
}

function createReader(name: BlockName, block: Block | undefined, network: Learn['network']): BlockReader {
  const rules = descriptions[name];
  const defaults: Readonly<Record<string, DefaultValue>> = defaultsOf(name, network);
  const written = new Map<string, KeyedEntry>();
  for (const each of (block?.entries as readonly { readonly $type: string }[] | undefined) ?? []) {
    if (isKeyedEntry(each) && !written.has(each.key)) written.set(each.key, each);
  }
  const ruleOf = (key: string): NumberRule => rules[key]?.rule ?? { dimension: 'number' };

  const read: { readonly [K in Exclude<keyof BlockReader, 'entry'>]: (entry: KeyedEntry, key: string) => unknown } = {
    number(entry, key) {
      const node = entry.$type === 'NumberEntry' ? entry.value : entry.$type === 'Outliers' ? entry.share : undefined;
      const reading = readNumber(node, ruleOf(key), key);
      return reading.ok ? reading.value : undefined;
    },
    range(entry, key) {
      const reading = readRange(entry.$type === 'RangeEntry' ? entry.range : undefined, ruleOf(key), key);
      return reading.ok ? reading.value : undefined;
    },
    numbers(entry, key) {
      const readings = entry.$type === 'ListEntry' ? entry.values.map((value) => readNumber(value, ruleOf(key), key)) : [];
      const values = readings.flatMap((reading) => (reading.ok ? [reading.value] : []));
      return values.length === 0 || values.length < readings.length ? undefined : values;
    },
    choice: (entry) => (entry.$type === 'ChoiceEntry' ? entry.choice : undefined),
    choices: (entry) => (entry.$type === 'ChoicesEntry' && entry.choices.length > 0 ? entry.choices : undefined),
  };
  const values = new Map<string, unknown>();
  const valueOf = (form: keyof typeof read, key: string): unknown => {
    const entry = written.get(key);
    if (entry === undefined) return defaults[key];
    if (!values.has(key)) values.set(key, read[form](entry, key));
    return values.get(key);
  };
  return {
    entry: (key) => written.get(key),
    number: (key) => valueOf('number', key) as number | undefined,
    range: (key) => valueOf('range', key) as Interval | undefined,
    numbers: (key) => valueOf('numbers', key) as readonly number[] | undefined,
    choice: <T extends string>(key: string) => valueOf('choice', key) as T | undefined,
    choices: <T extends string>(key: string) => valueOf('choices', key) as readonly T[] | undefined,
  };
}

/** The defaults of a block by the words of the language. */
export function defaultsOf(name: BlockName, network: Learn['network'] = 'compact'): Readonly<Record<string, DefaultValue>> {
  switch (name) {
    case 'material':
    case 'labels':
      return {};
    case 'database':
      return databaseDefaults;
    case 'learn':
      return learnDefaults[network];
    case 'explain':
      return explainDefaults;
    case 'construct':
      return constructDefaults;
    case 'refine':
    case 'compare':
      return pick(optimizationDefaults, Object.keys(descriptions[name]));
    default:
      return familyDefaults[name];
  }
}

function pick(values: Readonly<Record<string, DefaultValue>>, keys: readonly string[]): Readonly<Record<string, DefaultValue>> {
  return Object.fromEntries(keys.map((key) => [key, values[key]!]));
}

/** The rule of a number by where it stands; undefined in broken text. */
export function quantityRule(node: Quantity): NumberRule | undefined {
  const holder = node.$container.$type === 'Range' || node.$container.$type === 'Steps' ? node.$container.$container : node.$container;
  switch (holder.$type) {
    case 'NumberSetting':
    case 'RangeSetting':
      return settingRule(holder);
    case 'Family':
      return shareRule;
    case 'DifferenceConstraint':
      return differenceRule;
    case 'FractionConstraint':
      return fractionRule;
    case 'BoundConstraint': {
      const property = propertyNames[holder.property];
      return property === undefined ? undefined : propertyRules[property];
    }
    default:
      return numberRule(holder.$container, holder.key);
  }
}
