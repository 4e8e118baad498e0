/* What is exported of a case, as tables: a row for each image, with its pixels, columns of numbers and arrays. */
import type { MicrostructureBatch } from '#engine/api';
import type { Cell, NamedRows } from '#runner/report/tables';

/** A table of a case: `database`, `designs/ARM`, `maps`. Row i of everything in it belongs to image i of the table. */
export interface DataTable {
  readonly name: string;
  readonly rows: number;
  readonly images?: DataImages;
  readonly columns: readonly DataColumn[];
  readonly arrays: readonly DataArray[];
}

/** Two-phase images; 1 is white and 0 is black, row 0 is the top edge. */
export interface DataImages {
  readonly name: string;
  readonly description: string;
  readonly batch: MicrostructureBatch;
}

export interface DataColumn {
  readonly name: string;
  /** `Pa`, `1/K`, `px`, `1` for numbers without a unit; empty for what is no quantity. */
  readonly unit: string;
  /** Missing numbers are NaN. */
  readonly values: Float64Array | readonly boolean[] | readonly string[];
}

/** Numbers of single precision; the first axis has the rows. */
export interface DataArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
  readonly unit: string;
  readonly description: string;
}

/** Everything that is exported of a case, and where it comes from. */
export interface CaseData {
  readonly tables: readonly DataTable[];
  /** Plain JSON. */
  readonly provenance: Readonly<Record<string, unknown>>;
}

/** The columns of named rows that have a value: numbers, truth values or text. */
export function columnsOfRows({ names, rows }: NamedRows, unitOf: (name: string) => string): readonly DataColumn[] {
  return names.flatMap((name, i): DataColumn[] => {
    const cells = rows.map((row) => row[i]);
    const there = cells.filter((cell) => cell !== undefined && !Number.isNaN(cell));
    if (there.length === 0) return [];
    // A slash would be a group of HDF5 and a folder of ZIP.
    return [columnOf(name.replaceAll('/', ' per '), cells, there, unitOf(name))];
  });
}

function columnOf(name: string, cells: readonly Cell[], there: readonly Cell[], unit: string): DataColumn {
  if (there.every((cell) => typeof cell === 'number')) return { name, unit: unit === '' ? '1' : unit, values: Float64Array.from(cells, (cell) => (cell as number | undefined) ?? NaN) };
  if (there.length === cells.length && there.every((cell) => cell === 'true' || cell === 'false')) return { name, unit: '', values: cells.map((cell) => cell === 'true') };
  return { name, unit: '', values: cells.map((cell) => String(cell ?? '')) };
}
