/* Pictures of a column of a Parquet file: bytes of image files, or lists of numbers, whose length is a square, or of rows. */
import { success, type Result } from '#domain/finding';
import { pictureUnsupported } from '../picture-findings';
import type { PictureSource, ReadPicture } from '../picture-source';
import { arrayShape, datasetNotFound } from './array-findings';
import type { Elements } from './element-types';
import type { ParquetFile, ParquetValue } from './parquet-file';
import { pictureLayout, pictureOf, type PictureLayout } from './picture-layout';
import { asResult, refuse } from './refused';

/** Reads an image file from its bytes. Findings: those of its format. */
export type PictureDecoder = (bytes: Uint8Array, name: string) => Promise<Result<ReadPicture>>;

/** Of a picture that cannot be decoded, `sizeOf` gives 0 × 0 and `read` the finding. Stops with `dataset-not-found` and `array-shape`. */
export async function parquetPictures(file: ParquetFile, column: string | undefined, name: string, decode: PictureDecoder | undefined, close: () => Promise<void>): Promise<PictureSource> {
  const candidates = file.columns.filter(({ type }) => type === 'bytes' || type === 'list');
  const chosen = column === undefined ? candidates : file.columns.filter((one) => one.name === column);
  const [only] = chosen;
  if (!only || chosen.length > 1) return refuse(datasetNotFound(name, column, file.columns));
  if (file.rows === 0) refuse(arrayShape(name, [0], 'it has no pictures', 'Save the table with its pictures.'));
  if (!candidates.includes(only)) refuse(pictureUnsupported(name, `its elements have the type ${only.type}`, 'Name a column of image files as bytes, or of lists of gray values.'));

  let group: { readonly from: number; readonly values: Promise<readonly ParquetValue[]> } | undefined;
  const valueOf = async (index: number): Promise<ParquetValue> => {
    const { from, to } = file.groupOf(index);
    if (group?.from !== from) group = { from, values: file.read(only.name, from, to) };
    return (await group.values)[index - from];
  };
  const nameOf = (index: number): string => `${name}[${index}]`;
  const read = async (index: number): Promise<Result<ReadPicture>> => {
    const found = await asResult(nameOf(index), async () => decodeValue(await valueOf(index), nameOf(index), decode));
    return found.ok ? found.value : found;
  };
  return {
    count: file.rows,
    nameOf,
    async sizeOf(index) {
      const found = await read(index);
      return found.ok ? { width: found.value.picture.width, height: found.value.picture.height } : { width: 0, height: 0 };
    },
    read,
    close,
  };
}

async function decodeValue(value: ParquetValue, name: string, decode: PictureDecoder | undefined): Promise<Result<ReadPicture>> {
  const bytes = value instanceof Uint8Array ? value : (value as { bytes?: unknown } | null | undefined)?.bytes;
  if (bytes instanceof Uint8Array) return decode ? decode(bytes, name) : pictureUnsupported(name, 'it is an image file within a table', 'Save the gray values as lists of numbers.');
  if (!Array.isArray(value)) return arrayShape(name, [0], 'the picture is missing', 'Leave the row out.');
  const { layout, pixels } = layoutOf(value as readonly unknown[], name);
  return success({ picture: pictureOf(pixels, layout, name), warnings: [] });
}

function layoutOf(list: readonly unknown[], name: string): { layout: PictureLayout; pixels: Elements } {
  const rows = Array.isArray(list[0]) ? (list as readonly (readonly unknown[])[]) : undefined;
  const edge = Math.round(Math.sqrt(list.length));
  if (!rows && edge ** 2 !== list.length) refuse(arrayShape(name, [list.length], 'the list is no square', 'Save lists of rows, or one list of edge × edge numbers.'));
  const layout = pictureLayout(rows ? [rows.length, rows[0]!.length] : [edge, edge], name);
  if (rows?.some((row) => !Array.isArray(row) || row.length !== layout.width)) refuse(arrayShape(name, [layout.height, layout.width], 'its rows have several lengths', 'Save rows of one length.'));
  return { layout, pixels: pixelsOf(rows ? rows.flat() : list) };
}

/** Bytes where all numbers are. Missing numbers are NaN, which is refused later. */
function pixelsOf(numbers: readonly unknown[]): Elements {
  const values = Float64Array.from(numbers, (one) => (one === null || one === undefined ? NaN : Number(one)));
  const bytes = Uint8Array.from(values);
  return values.every((value, i) => value === bytes[i]) ? bytes : values;
}
