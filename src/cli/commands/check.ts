import { Command } from 'commander';
import { exitCodes } from '../options';
import { checkFiles } from '#runner/case-files';
import { hasErrors, type PlacedFinding } from '#domain/finding';
import { formatFinding } from '../format-finding';
import { readSpecificationFile } from '../read-cases';

/** `xdesign check FILE…`: the findings of specifications, without running anything. */
export function checkCommand(): Command {
  return new Command('check')
    .description('Report what is wrong with specifications.')
    .argument('<file...>', '.xdesign files')
    .option('--json', 'print the findings as one JSON array')
    .action(async (files: string[], options: { json?: true }) => {
      const findings = (await Promise.all(files.map(findingsOf))).flat();
      if (options.json) console.log(JSON.stringify(findings.map(({ place, ...finding }) => ({ ...finding, ...place }))));
      else for (const finding of findings) console.log(formatFinding(finding));
      if (hasErrors(findings)) process.exitCode = exitCodes.findings;
      else if (!options.json) console.log(`${files.length === 1 ? 'The specification has' : 'The specifications have'} no errors.`);
    });
}

/** What the language finds; and, in a specification without errors, what is wrong with the files that it names. */
async function findingsOf(file: string): Promise<readonly PlacedFinding[]> {
  const { specification, findings } = readSpecificationFile(file);
  return [...findings, ...(await checkFiles(specification?.cases ?? []))];
}
