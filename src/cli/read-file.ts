import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { readSpecification, type LocatedFinding, type SpecificationReading } from '#language/read-specification';

/** Reads a specification and everything it imports from disk. */
export function readSpecificationFile(file: string): SpecificationReading {
  return readSpecification(resolve(file), {
    read: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
    resolve: (from, target) => resolve(dirname(from), target),
  });
}

/** `file:line:col severity code message`, lines and columns counted from 1, path as the user would type it. */
export function formatLocated(finding: LocatedFinding): string {
  const place = `${relative(process.cwd(), finding.file) || finding.file}:${finding.start.line + 1}:${finding.start.character + 1}`;
  const wayOut = finding.wayOut === undefined ? '' : ` ${finding.wayOut}`;
  return `${place} ${finding.severity} ${finding.code} ${finding.message}${wayOut}`;
}
