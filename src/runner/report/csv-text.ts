/* Tables for other programs: text quoted by RFC 4180, numbers that read back to the same bits, lines that end in CRLF. */

/** What is not there is an empty cell, and so is NaN. */
export type Cell = string | number | undefined;

export function csvText(rows: readonly (readonly Cell[])[]): string {
  return rows.map((cells) => `${cells.map(field).join(',')}\r\n`).join('');
}

function field(cell: Cell): string {
  const text = cell === undefined || Number.isNaN(cell) ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
