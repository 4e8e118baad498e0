/* A database whose images come from files, as plain data. */
import type { FileDatabase, Fit, ImageLabels, WhiteRule } from '#domain/image-files';
import { anyFraction } from '#domain/image-files';
import { properties } from '#domain/objective';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { propertyNames } from '#language/entries/entries';
import { readBlock } from '#language/entries/read-block';
import { readNumber } from '#language/entries/read-number';
import type { ColumnsEntry, Database, Labels, PathsEntry, WhiteEntry } from '#language/generated/ast';
import { parseUnit } from '#units/parse-unit';
import { quantity } from '#units/quantity';
import { choice, number, placeOf, present } from './read-present';
import type { FilePath } from './specification';

/** `file` names the document that declares the database, to which its paths are relative. */
export function toFileDatabase(node: Database, file: string): FileDatabase<FilePath> {
  const reader = readBlock('database', node);
  const resolution = number(reader, 'resolution');
  const [size, tiles, speckles] = [reader.number('size'), reader.number('tiles'), reader.number('speckles')];
  const [fit, periodic] = [reader.choice<Fit>('fit'), reader.choice<'yes' | 'no'>('periodic')];
  const [images, white, labels] = [reader.entry('images') as PathsEntry, reader.entry('white') as WhiteEntry | undefined, reader.entry('labels') as Labels | undefined];
  return {
    kind: 'files',
    ...(size !== undefined && { size }),
    resolution,
    fraction: reader.range('fraction') ?? anyFraction,
    seed: number(reader, 'seed'),
    images: images.paths.map((path, index) => ({ file: path, place: placeOf(images, 'paths', file, index) })),
    ...(white && { white: toWhiteRule(white) }),
    ...(fit && { fit }),
    stride: reader.number('stride') ?? resolution,
    ...(tiles !== undefined && { tiles }),
    ...(speckles !== undefined && { speckles }),
    ...(periodic && { periodic: periodic === 'yes' }),
    ...(labels && { labels: toLabels(labels, file) }),
  };
}

function toWhiteRule({ relation, word, value }: WhiteEntry): WhiteRule {
  if (word !== undefined) return { kind: relation, value: word } as WhiteRule;
  const reading = readNumber(value, { dimension: 'number' }, 'white');
  return { kind: relation, value: present(reading.ok ? reading.value : undefined, 'white') };
}

function toLabels(node: Labels, file: string): ImageLabels<FilePath> {
  const reader = readBlock('labels', node);
  const written = node.entries.filter((entry): entry is ColumnsEntry => entry.$type === 'ColumnsEntry');
  const names = written.find(({ key }) => key === 'file')?.columns[0];
  return {
    table: { file: node.path, place: placeOf(node, 'path', file) },
    test: choice<VirtualTestKind>(reader, 'test'),
    ...(names !== undefined && { names }),
    columns: properties.flatMap((property) => {
      const entry = written.find(({ key }) => key !== 'file' && propertyNames[key] === property);
      if (entry === undefined) return [];
      const [x, y] = entry.columns as [string, string];
      return [{ property, x, y, scale: scaleOf(entry) }];
    }),
  };
}

function scaleOf({ unit }: ColumnsEntry): number {
  const parsed = unit === undefined ? undefined : parseUnit(unit);
  return parsed?.ok === true ? quantity(1, parsed.unit) : 1;
}
