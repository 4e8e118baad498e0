/* What the formats of arrays have in common: datasets with names, read in rows along their first axis. */
import type { ElementType, Elements } from './element-types';

/** A dataset of a file; in a table, a column. */
export interface DatasetInfo {
  /** Empty for the one array of an NPY file; in HDF5 with the groups: `GRF/GRF`. */
  readonly name: string;
  /** Empty for a single number. */
  readonly shape: readonly number[];
  /** As NumPy calls it where NumPy has it: `uint8`, `float64`, `bool`; otherwise in a word, such as `text`. */
  readonly type: string;
}

/** An open file. */
export interface ArrayFile {
  /** In the order of the file. */
  readonly datasets: readonly DatasetInfo[];
  /** How many more things there are than are listed. */
  readonly unlisted: number;
  /** Stops with `picture-unsupported` where the dataset has no numbers, `picture-damaged` where it cannot have as many as it says. `name` is for findings. */
  rowsOf(dataset: DatasetInfo, name: string): Promise<ArrayRows>;
  close(): Promise<void>;
}

/** The numbers of a dataset. */
export interface ArrayRows {
  readonly shape: readonly number[];
  readonly type: ElementType;
  /** Rows that are read at a time; the first axis is in blocks of so many. */
  readonly block: number;
  /** Rows `from` to `from + count` in C order. Stops with `picture-damaged`. */
  read(from: number, count: number): Promise<Elements>;
}

/** `images (300, 128, 128) uint8`. */
export function datasetText({ name, shape, type }: DatasetInfo): string {
  return `${name === '' ? 'an array without a name' : name} (${shape.join(', ')}) ${type}`;
}

export const product = (numbers: readonly number[]): number => numbers.reduce((all, n) => all * n, 1);

/** Rows of so many bytes that one read of several has about `bytes`. */
export function rowsPerBlock(shape: readonly number[], elementBytes: number, bytes: number): number {
  return Math.max(1, Math.floor(bytes / Math.max(1, product(shape.slice(1)) * elementBytes)));
}
