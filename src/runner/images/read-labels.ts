/* Properties that come with the pictures of a database, from the columns of a table: which row belongs to which picture. */
import { basename, extname } from 'node:path';
import type { Finding, Result } from '#domain/finding';
import { failure, success } from '#domain/finding';
import type { ImageLabels } from '#domain/image-files';
import type { LabelColumns } from '#engine/api';
import type { FilePath } from '#language/specification/specification';
import { readColumns, readTexts } from '#runner/pictures/arrays/read-columns';
import { formatCount } from '#units/format-quantity';
import { machinePath } from '../named-paths';

export interface ReadLabels {
  /** Entry i belongs to image i; NaN where its picture has no row. */
  readonly labels: LabelColumns;
  readonly warnings: readonly Finding[];
}

/**
 * The labels of images, whose pictures have these names as the specification writes their files; `pictures` has the number of
 * the picture of each image. A name of the table is that of a file, with its folder or without, with its ending or without.
 * Findings: `labels-unmatched`, and those of tables.
 */
export async function readLabels({ table, names: column, columns }: ImageLabels<FilePath>, files: readonly string[], pictures: Int32Array): Promise<Result<ReadLabels>> {
  const [path, name] = [machinePath(table), `"${table.file}"`];
  const numbers = await readColumns(path, columns.flatMap(({ x, y }) => [x, y]), name);
  if (!numbers.ok) return numbers;
  const rowCount = numbers.value[0]?.length ?? 0;
  let rows: readonly (number | undefined)[];
  if (column === undefined) {
    if (rowCount < files.length) return failure('labels-unmatched', `${name} has ${formatCount(rowCount, 'row')}, and there are ${formatCount(files.length, 'picture')}.`, 'Name the column with the names of the pictures, such as `file "name"`, or add the missing rows.');
    rows = files.map((_, picture) => picture);
  } else {
    const texts = await readTexts(path, column, name);
    if (!texts.ok) return texts;
    const byName = new Map(texts.value.map((text, row) => [text.trim(), row]));
    rows = files.map((file) => [file, basename(file), basename(file, extname(file))].map((each) => byName.get(each)).find((row) => row !== undefined));
  }
  const missing = rows.filter((row) => row === undefined).length;
  if (missing === files.length) return failure('labels-unmatched', `No picture of the database has a row in ${name}; the first is "${files[0] ?? ''}".`, 'Check the column `file`: it has the names of the files.');
  const labels = Object.fromEntries(columns.map(({ property, scale }, c) => {
    const of = (values: Float64Array): Float64Array => Float64Array.from(pictures, (picture) => (rows[picture] === undefined ? NaN : scale * values[rows[picture]]!));
    return [property, { x: of(numbers.value[2 * c]!), y: of(numbers.value[2 * c + 1]!) }];
  }));
  return success({ labels, warnings: missing === 0 ? [] : [withoutRow(missing, files.length, name)] });
}

function withoutRow(missing: number, pictures: number, name: string): Finding {
  return {
    code: 'labels-unmatched',
    severity: 'warning',
    message: `${missing} of ${formatCount(pictures, 'picture')} ${missing === 1 ? 'has' : 'have'} no row in ${name} and ${missing === 1 ? 'is' : 'are'} computed.`,
    remedy: 'Add the missing rows if these pictures have properties.',
  };
}
