import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { PlacedFinding } from '#domain/finding';
import { readSpecification, type SpecificationReading } from '#language/read-specification';
import type { CaseSpecification, Specification, StudySpecification } from '#language/specification/specification';
import { formatFinding } from './format-finding';
import { unknownStudy } from '#runner/study/refusals';

/** The specification of a file with at least one case; prints its errors and warnings and returns undefined when there is an error. */
export function readCases(file: string): Specification | undefined {
  const { specification, findings } = readSpecificationFile(file);
  // Notices of `xdesign check` and of the editor are left out of a run.
  for (const finding of findings.filter(({ severity }) => severity !== 'information')) console.error(formatFinding(finding));
  if (specification?.cases.length === 0) {
    console.error(
      formatFinding({
        code: 'no-cases',
        severity: 'error',
        message: `${file} has no case.`,
        remedy: 'Write one in it, or name a file that imports this one.',
      }),
    );
    return undefined;
  }
  return specification;
}

/** The case of that name, or the variant of a study; if there is none, prints those that exist. */
export function pickCase({ cases, studies }: Specification, name: string): CaseSpecification | undefined {
  const found = [...cases, ...studies.flatMap(({ variants }) => variants)].find((specification) => specification.case.name === name);
  if (!found) {
    // Of a study that the name begins with, all variants; of others, one as an example.
    const named = studies.filter((study) => name.startsWith(`${study.name}/`));
    const variants = named.length > 0 ? named.flatMap((study) => study.variants) : studies.flatMap(({ variants: [first] }) => first ?? []);
    const list = [...(named.length > 0 ? [] : cases), ...variants].map((each) => `"${each.case.name}"`).join(', ');
    console.error(formatFinding({ code: 'unknown-case', severity: 'error', message: `There is no case "${name}".`, remedy: list === '' ? 'The file has no cases.' : `The file has ${list}${variants.length > 0 && named.length === 0 ? ' and other variants' : ''}.` }));
  }
  return found;
}

/** The study of that name; if there is none, prints those that exist. */
export function pickStudy({ studies }: Specification, name: string): StudySpecification | undefined {
  const found = studies.find((study) => study.name === name);
  if (!found) console.error(formatFinding(unknownStudy(name, studies)));
  return found;
}

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
  // For the language the file is only missing, so every failure to read is an error.
  const others = reading.findings.filter(({ code, place }) => code !== 'file-not-found' || place.file !== entry);
  return { findings: [...others, ...unreadable.values()] };
}

/** The text of a file, undefined where there is no file, or why it cannot be read as text. */
function readText(path: string): string | undefined | PlacedFinding {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code === 'EISDIR') return unreadableFile(path, 'it is a folder', 'Name a file in it.');
    return unreadableFile(path, (error as Error).message, 'Check its permissions and the disk.');
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
