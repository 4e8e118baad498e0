/* Tables that runs write, such as designs.csv. */
import { readFileSync } from 'node:fs';

/** The columns of a table, and its rows as objects; tables quote by RFC 4180. */
export function readTable(path) {
  const [columns, ...rows] = readFileSync(path, 'utf8').split('\r\n').filter((line) => line !== '').map(cellsOf);
  return { columns, rows: rows.map((cells) => Object.fromEntries(columns.map((column, i) => [column, cells[i]]))) };
}

function cellsOf(line) {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
}
