import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { findingText, type PlacedFinding } from '#domain/finding';
import { readSpecification, type FileReader, type SpecificationReading } from '#language/read-specification';

export const root = resolve(import.meta.dirname, '../..');
const fixtures = join(root, 'test/fixtures/xdesign');

/** Files of this machine. */
export const disk: FileReader = {
  read: (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined),
  resolve: (from, target) => resolve(dirname(from), target),
};

/** Reads `text` as the only file there is. */
export function readText(text: string): SpecificationReading {
  return readSpecification('a.xdesign', { read: (file) => (file === 'a.xdesign' ? text : undefined), resolve: (_, target) => target });
}

export function fixturePaths(folder: 'good' | 'bad'): readonly string[] {
  return readdirSync(join(fixtures, folder)).map((name) => join(fixtures, folder, name));
}

/** A finding that a fixture announces: `//    ^^^^ code: a part of its message and remedy`, below its text. */
export interface Marker {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly code: string;
  readonly words: string;
}

export function markersOf(text: string): readonly Marker[] {
  const markers: Marker[] = [];
  let marked = 0;
  text.split('\n').forEach((line, number) => {
    const found = /^\/\/ *(\^+) ([a-z0-9-]+)(?:: (.*))?$/.exec(line);
    if (found === null) {
      marked = number;
      return;
    }
    const from = line.indexOf('^');
    markers.push({ line: marked, from, to: from + found[1]!.length, code: found[2]!, words: found[3] ?? '' });
  });
  return markers;
}

/** A finding as its marker would be, with all its words. */
export function asMarker(finding: PlacedFinding): Marker {
  const { start, end } = finding.place;
  const to = end.line === start.line ? end.character : Number.POSITIVE_INFINITY;
  return { line: start.line, from: start.character, to, code: finding.code, words: findingText(finding) };
}
