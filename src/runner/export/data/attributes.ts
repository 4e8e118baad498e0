/* Units, descriptions and provenance of exported data as plain JSON, for formats that have no attributes of their own. */
import type { CaseData } from './data-table';

export const imagesDescription = '1 is white, 0 is black; images, rows from the top edge, columns';

export interface DatasetAttributes {
  readonly unit?: string;
  readonly description?: string;
}

/** `provenance`, and of each dataset by its path what there is to say of it. */
export function attributesOf({ tables, provenance }: CaseData): { readonly provenance: CaseData['provenance']; readonly datasets: Readonly<Record<string, DatasetAttributes>> } {
  const datasets = tables.flatMap(({ name: table, images, columns, arrays }): (readonly [string, DatasetAttributes])[] => [
    ...(images ? [[`${table}/${images.name}`, { description: `${images.description}: ${imagesDescription}` }] as const] : []),
    ...columns.filter(({ unit }) => unit !== '').map(({ name, unit }) => [`${table}/${name}`, { unit }] as const),
    ...arrays.map(({ name, unit, description }) => [`${table}/${name}`, { unit, description }] as const),
  ]);
  return { provenance, datasets: Object.fromEntries(datasets) };
}
