import type { TextFix } from '#domain/finding';
import { readText } from './read-fixture';

/** A text after a fix of one of its findings. */
export function applied(text: string, { range, text: wanted }: TextFix): string {
  const [start, end] = [range.start, range.end].map(({ line, character }) => text.split('\n').slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character);
  return text.slice(0, start) + wanted + text.slice(end);
}

/** A text after fixes: each time the first finding that has some takes one of them, until there is none. */
export function mended(text: string, choose = 0): string {
  let now = text;
  for (let round = 0; round < 20; round++) {
    const fixes = readText(now).findings.flatMap((finding) => (finding.fixes === undefined ? [] : [finding.fixes]))[0];
    if (fixes === undefined) return now;
    now = applied(now, fixes[Math.min(choose, fixes.length - 1)]!);
  }
  return now;
}
