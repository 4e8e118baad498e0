import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { PlacedFinding } from '#domain/finding';
import { readSpecification, type SpecificationReading } from '#language/read-specification';

/** Reads a specification and everything it imports from disk. */
export function readSpecificationFile(file: string): SpecificationReading {
  const entry = resolve(file);
  const unreadable = new Map<string, PlacedFinding>();
  const reading = readSpecification(entry, {
    read(path) {
      const text = readText(path);
      if (typeof text === 'string' || text === undefined) return text;
      unreadable.set(path, text);
      return undefined;
    },
    resolve: (from, target) => resolve(dirname(from), target),
  });
  if (unreadable.size === 0) return reading;
  // The language knows only that there was nothing to read, which makes every reading an error.
  const others = reading.findings.filter(({ code, place }) => code !== 'file-not-found' || place.file !== entry);
  return { findings: [...others, ...unreadable.values()] };
}

/** The text of a file, undefined where there is none, or why what is there is no text. */
function readText(path: string): string | undefined | PlacedFinding {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code === 'EISDIR') return unreadableFile(path, 'it is a folder', 'Name a file in it.');
    return unreadableFile(path, (error as Error).message, 'Give yourself the right to read it, or look after the disk.');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return unreadableFile(path, 'it is not text in UTF-8', 'Save it as UTF-8, or name another file.');
  }
}

function unreadableFile(path: string, reason: string, remedy: string): PlacedFinding {
  const start = { line: 0, character: 0 };
  return { code: 'file-unreadable', severity: 'error', message: `"${path}" cannot be read: ${reason}.`, remedy, place: { file: path, start, end: start } };
}
