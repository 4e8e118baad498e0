/* Datasets that are one picture each: those of a group, or of a whole file. */
import { pictureUnsupported } from '../picture-findings';
import type { PictureSource } from '../picture-source';
import { arrayShape } from './array-findings';
import type { ArrayFile, DatasetInfo } from './array-file';
import { isNumeric, pictureLayout, pictureOf } from './picture-layout';
import { asResult, refuse } from './refused';

/** An array of two axes with a shorter edge is a table rather than a picture. */
const leastEdge = 16;

/** The datasets of two axes in the group, with those of the groups in it, or undefined where it has none. */
export function picturesOfGroup<T extends DatasetInfo>(datasets: readonly T[], group: string): readonly T[] | undefined {
  const plain = group.replace(/^\/+|\/+$/g, '');
  const members = datasets.filter((one) => isNumeric(one) && one.shape.length === 2 && (plain === '' || one.name.startsWith(`${plain}/`)));
  return members.length > 0 ? members : undefined;
}

/** All datasets of a file of which no one is named, where those of numbers have two axes and none is a table. */
export function picturesOfFile<T extends DatasetInfo>(datasets: readonly T[]): readonly T[] | undefined {
  const pictures = datasets.filter((one) => isNumeric(one) && one.shape.length >= 2);
  return pictures.length > 1 && pictures.every(({ shape }) => shape.length === 2 && Math.min(...shape) >= leastEdge) ? pictures : undefined;
}

/** The pictures in the order of their names. Stops with `array-shape`, `picture-too-large`, and with `picture-unsupported` where not all datasets are listed. */
export function groupSource(file: ArrayFile, members: readonly DatasetInfo[], name: string): PictureSource {
  if (file.unlisted > 0) refuse(pictureUnsupported(name, `it has more than ${file.datasets.length} datasets, one picture each`, 'Save the pictures as one array of the shape (number, height, width).'));
  const pictures = members.toSorted((a, b) => compareNames(a.name, b.name));
  const nameOf = (index: number): string => `${name} (${pictures[index]!.name})`;
  const layouts = pictures.map(({ shape }, index) => {
    if (Math.min(...shape) < leastEdge) refuse(arrayShape(nameOf(index), shape, `a picture among several has at least ${leastEdge} pixels along each edge`, 'Name a group that has pictures alone.'));
    return pictureLayout(shape, nameOf(index));
  });
  return {
    count: pictures.length,
    sizeOf: async (index) => ({ width: layouts[index]!.width, height: layouts[index]!.height }),
    nameOf,
    datasetOf: (index) => pictures[index]!.name,
    read: (index) => asResult(nameOf(index), async () => {
      const rows = await file.rowsOf(pictures[index]!, nameOf(index));
      return { picture: pictureOf(await rows.read(0, rows.shape[0]!), layouts[index]!, nameOf(index)), warnings: [] };
    }),
    close: () => file.close(),
  };
}

/** By code points, but numbers in names by their size: `arr_2` is before `arr_10`. */
export function compareNames(one: string, other: string): number {
  const [a, b] = [partsOf(one), partsOf(other)];
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = comparePart(a[i]!, b[i]!);
    if (difference !== 0) return difference;
  }
  return a.length - b.length || compareText(one, other);
}

/** Numbers and what is between them. */
const partsOf = (name: string): readonly string[] => name.match(/\d+|\D+/g) ?? [];

function comparePart(a: string, b: string): number {
  if (!/^\d/.test(a) || !/^\d/.test(b)) return compareText(a, b);
  const [one, other] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return one.length - other.length || compareText(one, other);
}

function compareText(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
