import type { DefaultValue } from './defaults';
import { constructDefaults, databaseDefaults, explainDefaults, familyDefaults, learnDefaults } from './defaults';
import { entries as descriptions, type BlockName, type NumberRule } from './entries';
import type { ChoiceEntry, ChoicesEntry, Construct, Database, Explain, Family, Learn, ListEntry, Material, NumberEntry, Outliers, RangeEntry } from './generated/ast';
import { readNumber, readRange } from './read-number';
import type { IntervalSpecification } from './specification';

/** A node that holds entries with keys. */
export type Block = Material | Database | Family | Learn | Explain | Construct;
/** An entry with a key. */
export type KeyedEntry = NumberEntry | RangeEntry | ListEntry | ChoiceEntry | ChoicesEntry | Outliers;

/** The name under which entries.ts describes a block. */
export function blockName(block: Block): BlockName {
  switch (block.$type) {
    case 'Family':
      return block.kind;
    case 'Material':
      return 'material';
    case 'Database':
      return 'database';
    case 'Learn':
      return 'learn';
    case 'Explain':
      return 'explain';
    case 'Construct':
      return 'construct';
  }
}

/** Whether a node is an entry with a key: a family inside a database is not. */
export function isKeyedEntry(node: { readonly $type: string }): node is KeyedEntry {
  return ['NumberEntry', 'RangeEntry', 'ListEntry', 'ChoiceEntry', 'ChoicesEntry', 'Outliers'].includes(node.$type);
}

/** The rule of a number in an entry of a block; undefined for choices and for broken text. */
export function numberRule(block: Block, key: string | undefined): NumberRule | undefined {
  return key === undefined ? undefined : descriptions[blockName(block)]?.[key]?.rule;
}

/** The values of a block: what it says, else the default, else undefined (missing or wrong; the checks tell). */
export interface BlockReader {
  number(key: string): number | undefined;
  range(key: string): IntervalSpecification | undefined;
  numbers(key: string): readonly number[] | undefined;
  /** The grammar admits only words of `T`; the caller names them. */
  choice<T extends string>(key: string): T | undefined;
  /** The same for entries that take several words. */
  choices<T extends string>(key: string): readonly T[] | undefined;
  /** The entry as written. */
  entry(key: string): KeyedEntry | undefined;
}

/** Reads a block that may be left out altogether: then all values are defaults. */
export function readBlock(name: BlockName, block: Block | undefined, network: Learn['network'] = 'compact'): BlockReader {
  const rules = descriptions[name];
  const defaults: Readonly<Record<string, DefaultValue>> = defaultsOf(name, network);
  const entry = (key: string): KeyedEntry | undefined =>
    (block?.entries as readonly { readonly $type: string }[] | undefined)?.filter(isKeyedEntry).find((each) => each.key === key);
  const ruleOf = (key: string): NumberRule => rules[key]?.rule ?? { dimension: 'number' };
  return {
    entry,
    number(key) {
      const written = entry(key);
      if (written === undefined) return defaults[key] as number | undefined;
      const node = written.$type === 'NumberEntry' ? written.value : written.$type === 'Outliers' ? written.share : undefined;
      const reading = readNumber(node, ruleOf(key), key);
      return reading.ok ? reading.value : undefined;
    },
    range(key) {
      const written = entry(key);
      if (written === undefined) return defaults[key] as IntervalSpecification | undefined;
      const reading = readRange(written.$type === 'RangeEntry' ? written.range : undefined, ruleOf(key), key);
      return reading.ok ? reading.value : undefined;
    },
    numbers(key) {
      const written = entry(key);
      if (written === undefined) return defaults[key] as readonly number[] | undefined;
      const readings = written.$type === 'ListEntry' ? written.values.map((value) => readNumber(value, ruleOf(key), key)) : [];
      const values = readings.flatMap((reading) => (reading.ok ? [reading.value] : []));
      return values.length === 0 || values.length < readings.length ? undefined : values;
    },
    choice<T extends string>(key: string) {
      const written = entry(key);
      if (written === undefined) return defaults[key] as T | undefined;
      return (written.$type === 'ChoiceEntry' ? written.choice : undefined) as T | undefined;
    },
    choices<T extends string>(key: string) {
      const written = entry(key);
      if (written === undefined) return defaults[key] as readonly T[] | undefined;
      return written.$type === 'ChoicesEntry' && written.choices.length > 0 ? (written.choices as readonly string[] as readonly T[]) : undefined;
    },
  };
}

/** The defaults of a block by the words of the language. */
export function defaultsOf(name: BlockName, network: Learn['network'] = 'compact'): Readonly<Record<string, DefaultValue>> {
  switch (name) {
    case 'material':
      return {};
    case 'database':
      return databaseDefaults;
    case 'learn':
      return learnDefaults[network];
    case 'explain':
      return explainDefaults;
    case 'construct':
      return constructDefaults;
    default:
      return familyDefaults[name];
  }
}
