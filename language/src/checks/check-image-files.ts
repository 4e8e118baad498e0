/* What is wrong with a database of files without a look at any file. */
import { propertyNames, propertyRules } from '#language/entries/entries';
import { databaseKind, hasEntry, isKeyedEntry, readBlock } from '#language/entries/read-block';
import { readNumber } from '#language/entries/read-number';
import type { Check } from '#language/findings';
import type { ColumnsEntry, Database, WhiteEntry } from '#language/generated/ast';
import { familiesOf } from '#language/specification/read-case';
import { nearestUnit, parseUnit } from '#units/parse-unit';
import { dimensionNames, usualUnit } from '#units/units';
import { reportIssues } from './check-numbers';

/** `entry-of-other-database`: families are random images, and everything about pictures is of files. */
export const checkDatabaseKind: Check<Database> = (database, report) => {
  const kind = databaseKind(database);
  if (kind === 'files') {
    for (const family of familiesOf(database)) {
      const fix = { title: `Delete \`${family.kind}\``, text: '', at: { node: family }, preferred: true } as const;
      report('entry-of-other-database', `\`${family.kind}\` is a family of random images, and this database has its images from files.`, 'Delete this family, or declare another database for random images.', { node: family, property: 'kind' }, [fix]);
    }
    return;
  }
  for (const entry of database.entries) {
    if (kind === undefined || !isKeyedEntry(entry) || (entry.key as string | undefined) === undefined || hasEntry(database, entry.key)) continue;
    const fix = { title: `Delete \`${entry.key}\``, text: '', at: { node: entry }, preferred: true } as const;
    report('entry-of-other-database', `\`${entry.key}\` is about pictures of files, and this database generates random images.`, 'Delete this entry, or name files instead of families: `images "scans/*.png"`.', { node: entry, property: 'key' }, [fix]);
  }
};

/** `entry-without-effect` of a database of files: tiles are cut only by `fit tile`. */
export const checkTiles: Check<Database> = (database, report) => {
  if (databaseKind(database) !== 'files') return;
  const reader = readBlock('database', database);
  if (reader.choice('fit') === 'tile') return;
  for (const key of ['stride', 'tiles']) {
    const entry = reader.entry(key);
    if (entry !== undefined) report('entry-without-effect', `Without \`fit tile\` there are no tiles, so \`${key}\` changes nothing.`, 'Write `fit tile`, or delete this entry.', { node: entry });
  }
};

/** `labels-of-parts`: properties are those of whole pictures. */
export const checkLabeledParts: Check<Database> = (database, report) => {
  const reader = readBlock('database', database);
  const fit = reader.choice<'crop' | 'tile' | 'resample'>('fit');
  const labels = reader.entry('labels');
  if (labels === undefined || fit === undefined || fit === 'resample') return;
  report('labels-of-parts', `\`labels\` has properties of whole pictures, and \`fit ${fit}\` makes images of parts of them.`, 'Write `fit resample`, or delete `labels`, so that everything is computed.', { node: labels, property: 'key' });
};

/** The number of `white above`, `white below` and `white is`. */
export const checkWhiteNumber: Check<WhiteEntry> = (entry, report) => {
  if (entry.value !== undefined) reportIssues(readNumber(entry.value, { dimension: 'number' }, '`white`'), report);
};

/** `missing-unit`, `unknown-unit`, `wrong-dimension` of the columns of labels. */
export const checkColumns: Check<ColumnsEntry> = (entry, report, { hasSyntaxErrors }) => {
  const property = entry.key === 'file' ? undefined : propertyNames[entry.key];
  if (property === undefined || hasSyntaxErrors) return;
  const { dimension } = propertyRules[property];
  const usual = usualUnit(dimension)?.symbol;
  if (entry.unit === undefined) {
    if (usual !== undefined) report('missing-unit', `\`${entry.key}\` is ${dimensionNames[dimension]}, and its columns need a unit.`, `Write \`${usual}\` behind the columns.`, { node: entry, property: 'columns', index: 1 });
    return;
  }
  const place = { node: entry, property: 'unit' };
  const parsed = parseUnit(entry.unit);
  if (!parsed.ok) {
    const nearest = nearestUnit(entry.unit, dimension)?.symbol;
    const remedy = nearest !== undefined ? `Did you mean \`${nearest}\`?` : usual === undefined ? 'Leave the unit out.' : `Write \`${usual}\`.`;
    report('unknown-unit', `There is no unit \`${entry.unit}\`.`, remedy, place, nearest === undefined ? [] : [{ text: nearest, preferred: true }]);
  } else if (parsed.unit.dimension !== dimension) {
    report('wrong-dimension', `\`${entry.unit}\` is a unit of ${dimensionNames[parsed.unit.dimension]}, but \`${entry.key}\` is ${dimensionNames[dimension]}.`, usual === undefined ? 'Leave the unit out.' : `Write \`${usual}\`.`, place);
  }
};
