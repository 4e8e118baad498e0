/* What a benchmark found, and how it is told. */

/** One line of the table. */
export interface Outcome {
  readonly work: string;
  /** Each side in its own words, such as `253 ms`. */
  readonly peer: string;
  readonly ours: string;
  /** Peer over ours, or what the row is about. */
  readonly ratio: string;
  readonly floor: string;
  readonly met: boolean;
  /** Why there is no ratio: the results of the two sides differ. */
  readonly refused?: string;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** A Markdown table; rows without a ratio say why below. */
export function table(outcomes: readonly Outcome[]): string {
  const head = ['work', 'peer', 'ours', 'ratio', 'floor', 'met'];
  const rows = outcomes.map(({ work, peer, ours, ratio, floor, met, refused }) => [
    work, peer, ours, refused === undefined ? ratio : 'refused', floor, met && refused === undefined ? 'yes' : 'no',
  ]);
  const widths = head.map((name, c) => Math.max(name.length, ...rows.map((row) => row[c]!.length)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, c) => cell.padEnd(widths[c]!)).join(' | ')} |`;
  const reasons = outcomes.flatMap(({ work, refused }) => (refused === undefined ? [] : [`${work}: ${refused}`]));
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line), ...reasons].join('\n');
}
