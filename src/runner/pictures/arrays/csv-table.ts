/* Tables as text (RFC 4180, read by csv-parse): separated by commas, semicolons or tabs, with one line of column names. */
import { readFile, stat } from 'node:fs/promises';
import { pictureUnsupported } from '../picture-findings';
import { tableDecimalComma, tableMalformed, tableNotNumber } from './array-findings';
import { refuse } from './refused';

export interface TextTable {
  /** Column names. */
  readonly names: readonly string[];
  /** Texts by row and column; all rows have all columns. */
  readonly rows: readonly (readonly string[])[];
  /** Of each row the line of the file, counted from 1. */
  readonly lines: readonly number[];
}

/** A table of labels is read whole. */
const mostBytes = 2 ** 28;

/** Stops with `table-malformed`, and with `picture-unsupported` where the file is too long. */
export async function readTextTable(path: string, name: string): Promise<TextTable> {
  if ((await stat(path)).size > mostBytes) refuse(pictureUnsupported(name, 'it is longer than 256 MB', 'Save it as Parquet or NPZ.'));
  const text = decodeText(await readFile(path));
  const { parse, CsvError } = await import('csv-parse/sync');
  const records = ((): { record: string[]; info: { lines: number } }[] => {
    try {
      return parse(text, { delimiter: delimiterOf(text), trim: true, skip_empty_lines: true, info: true, relax_column_count: true }) as never;
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      return refuse(tableMalformed(name, `line ${String(error['lines'] ?? 1)} has quotes that do not match`));
    }
  })();
  const [header, ...body] = records;
  if (!header) return refuse(tableMalformed(name, 'it is empty'));
  const twice = header.record.find((one, i) => header.record.indexOf(one) !== i);
  if (twice !== undefined) refuse(tableMalformed(name, `two columns are called "${twice}"`));
  const wrong = body.find(({ record }) => record.length !== header.record.length);
  if (wrong) refuse(tableMalformed(name, `line ${wrong.info.lines} has ${wrong.record.length} values, and there are ${header.record.length} columns`));
  return { names: header.record, rows: body.map(({ record }) => record), lines: body.map(({ info }) => info.lines) };
}

/** A column as numbers; missing values are NaN. Stops with `table-not-number` and `table-decimal-comma`. */
export function numbersOf({ names, rows, lines }: TextTable, column: string, name: string): Float64Array {
  const index = names.indexOf(column);
  return Float64Array.from(rows, (row, i) => {
    const text = row[index]!;
    if (missing.test(text)) return NaN;
    const place = `line ${lines[i]!}, column "${column}"`;
    if (/^[+-]?\d{1,}(\.\d{3})*,\d+$/.test(text)) refuse(tableDecimalComma(name, place, text));
    if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) refuse(tableNotNumber(name, place, text));
    return Number(text);
  });
}

/** How programs write that a value is not known. */
const missing = /^(nan|na|n\/a|null|none|-)?$/i;

/** UTF-8 with or without a byte order mark, or UTF-16 with one. */
function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder().decode(bytes);
}

/** The separator that stands most often in the first line, outside quotes. */
function delimiterOf(text: string): string {
  const line = /^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text.slice(0, 65_536))![0].replace(/"(?:[^"]|"")*"/g, '');
  const counts = [',', ';', '\t'].map((separator) => ({ separator, count: line.split(separator).length }));
  return counts.reduce((most, one) => (one.count > most.count ? one : most)).separator;
}
