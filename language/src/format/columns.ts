/*
 * Tables: lines of a database's entries, and lines that are a whole material, follow each other
 * often; their cells begin in the same columns. A cell that ends its line widens no column.
 */
import type { Gap } from './tokens';
import type { Token } from './tokens';

/** A line that may be a row of a table. */
interface Row {
  /** Rows of one kind that follow each other are a table. */
  readonly kind: string;
  /** Indices of the tokens at which cells begin, the first one not counted. */
  readonly cells: readonly number[];
  readonly first: number;
  /** Index after its last token. */
  readonly end: number;
}

/** The same gaps, wider where a table wants it. */
export function alignColumns(tokens: readonly Token[], gaps: readonly Gap[]): readonly Gap[] {
  const aligned = [...gaps];
  let table: Row[] = [];
  for (const row of linesOf(tokens, gaps)) {
    const last = table.at(-1);
    const follows = last !== undefined && row !== undefined && row.kind === last.kind && gaps[row.first]!.breaks === 1 && last.end === row.first;
    if (!follows) {
      align(table, tokens, aligned);
      table = [];
    }
    if (row !== undefined) table.push(row);
  }
  align(table, tokens, aligned);
  return aligned;
}

function align(table: readonly Row[], tokens: readonly Token[], gaps: Gap[]): void {
  if (table.length < 2) return;
  const columns = Math.max(...table.map((row) => row.cells.length));
  for (let column = 0; column < columns; column++) {
    const rows = table.filter((row) => row.cells.length > column);
    const begins = rows.map((row) => placeOf(row, row.cells[column]!, tokens, gaps));
    const place = Math.max(...begins);
    rows.forEach((row, index) => {
      const token = row.cells[column]!;
      gaps[token] = { breaks: 0, blanks: gaps[token]!.blanks + ' '.repeat(place - begins[index]!) };
    });
  }
}

/** Characters between the start of the row and a token. */
function placeOf(row: Row, token: number, tokens: readonly Token[], gaps: readonly Gap[]): number {
  let place = 0;
  for (let index = row.first; index < token; index++) place += tokens[index]!.text.length + gaps[index + 1]!.blanks.length;
  return place;
}

/** Each line of the formatted file: a row, or undefined for what is no row. */
function* linesOf(tokens: readonly Token[], gaps: readonly Gap[]): Generator<Row | undefined> {
  let first = 0;
  while (first < tokens.length) {
    let end = first + 1;
    while (end < tokens.length && gaps[end]!.breaks === 0) end++;
    yield rowOf(tokens, first, end);
    first = end;
  }
}

function rowOf(tokens: readonly Token[], first: number, end: number): Row | undefined {
  const line = tokens.slice(first, end);
  const { begins } = line[0]!;
  const inDatabase = begins?.what === 'entry' && begins.type === 'Database';
  const isMaterial = begins?.what === 'declaration' && begins.type === 'Material';
  if (!(inDatabase || isMaterial) || line.some(({ comment }) => comment === 'block')) return undefined;

  const brace = line.find(({ text }) => text === '{');
  const isWhole = brace?.partner !== undefined && brace.partner < end;
  if (isMaterial && !isWhole) return undefined;
  // Beside a family with a block other entries are no table.
  if (inDatabase && brace !== undefined && !(isWhole && line.filter(({ begins: each }) => each?.type === 'Database').length === 1)) return undefined;
  const cells = line.flatMap((token, index) => {
    const begin = token === brace || (token.begins?.what === 'entry' && index > 0 && line[index - 1]!.text !== '{');
    return begin ? [first + index] : [];
  });
  return { kind: `${begins.type} ${isWhole}`, cells, first, end };
}
