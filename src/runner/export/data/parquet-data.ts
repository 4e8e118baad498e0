/*
 * A table as Parquet: a column of PNG files for the images, columns of numbers, and lists of numbers for arrays, whose
 * shape is in the metadata. Units, descriptions and provenance are the value `xdesign` of the metadata, JSON.
 */
import type { ParquetWriter } from 'hyparquet-writer';
import { packedPng } from '#runner/png/packed-png';
import { attributesOf } from './attributes';
import type { CaseData, DataColumn, DataTable } from './data-table';

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

/** Rows of a group: a reader decodes a group whole. */
const rowGroup = 500;

/** Writes the file. Throws the system's errors. */
export async function writeParquet(data: CaseData, table: DataTable, path: string): Promise<void> {
  const { fileWriter, ParquetWriter: Writer } = await import('hyparquet-writer');
  const { images, columns, arrays, rows } = table;
  const schema: SchemaElement[] = [
    { name: 'root', num_children: columns.length + arrays.length + (images ? 1 : 0) },
    ...(images ? [{ name: images.name, type: 'BYTE_ARRAY', repetition_type: 'REQUIRED' } as const] : []),
    ...columns.map(elementOf),
    ...arrays.flatMap(({ name }): SchemaElement[] => [
      { name, repetition_type: 'REQUIRED', converted_type: 'LIST', logical_type: { type: 'LIST' }, num_children: 1 },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', type: 'FLOAT', repetition_type: 'REQUIRED' },
    ]),
  ];
  const shapes = Object.fromEntries(arrays.map(({ name, shape }) => [name, shape.slice(1)]));
  const attributes = attributesOf({ ...data, tables: [table] });
  const writer = new Writer({ writer: fileWriter(path), schema, kvMetadata: [{ key: 'xdesign', value: JSON.stringify({ ...attributes, shapes }) }], createdBy: String(data.provenance['program']) });
  for (let from = 0; from < rows; from += rowGroup) {
    const to = Math.min(rows, from + rowGroup);
    const indices = Array.from({ length: to - from }, (_, i) => from + i);
    await writer.write({
      columnData: [
        ...(images ? [{ name: images.name, data: indices.map((i) => new Uint8Array(packedPng(images.batch, i))) }] : []),
        ...columns.map(({ name, values }) => ({ name, data: missingAsNull(values.slice(from, to)) })),
        ...arrays.map(({ name, values }) => ({ name, data: indices.map((i) => Array.from(values.subarray((i * values.length) / rows, ((i + 1) * values.length) / rows))) })),
      ],
      rowGroupSize: rowGroup,
    });
  }
  await writer.finish();
}

function elementOf({ name, values }: DataColumn): SchemaElement {
  if (values instanceof Float64Array) return { name, type: 'DOUBLE', repetition_type: 'OPTIONAL' };
  if (typeof values[0] === 'boolean') return { name, type: 'BOOLEAN', repetition_type: 'OPTIONAL' };
  return { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' }, repetition_type: 'OPTIONAL' };
}

function missingAsNull(values: DataColumn['values']): (number | boolean | string | null)[] {
  return Array.from<number | boolean | string, number | boolean | string | null>(values, (value) => (Number.isNaN(value) ? null : value));
}
