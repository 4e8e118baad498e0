import { relative } from 'node:path';
import { findingText, type Finding } from '#domain/finding';

/** A finding as one line: `file:line:column severity code message remedy`, lines and columns counted from 1, the path as the user would type it. */
export function formatFinding(finding: Finding): string {
  const { severity, code, place } = finding;
  const where = place === undefined ? '' : `${relative(process.cwd(), place.file) || place.file}:${place.start.line + 1}:${place.start.character + 1} `;
  return `${where}${severity} ${code} ${findingText(finding)}`;
}
