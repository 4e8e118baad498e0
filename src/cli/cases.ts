import type { CaseSpecification } from '#language/specification';
import { formatFinding } from './format-finding';
import { readSpecificationFile } from './read-file';

/** The cases of a file, at least one; prints its errors and warnings and answers undefined when there is an error. */
export function readCases(file: string): readonly CaseSpecification[] | undefined {
  const { specification, findings } = readSpecificationFile(file);
  // What `xdesign check` and an editor only remark is no reason to talk into a run.
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
  return specification?.cases;
}

/** The case of that name; prints which there are when there is none. */
export function pickCase(cases: readonly CaseSpecification[], name: string): CaseSpecification | undefined {
  const found = cases.find((specification) => specification.case.name === name);
  if (!found) {
    const names = cases.map((each) => `"${each.case.name}"`).join(', ');
    console.error(formatFinding({ code: 'unknown-case', severity: 'error', message: `There is no case "${name}".`, remedy: names === '' ? 'The file has no cases.' : `The file has ${names}.` }));
  }
  return found;
}
