import { Command } from 'commander';
import { exitCodes } from '../exit-codes';
import { checkPretrainedFiles } from '#runner/weights/pretrained-file';
import type { LocatedFinding } from '#language/read-specification';
import { formatLocated, readSpecificationFile } from '../read-file';

/** `xdesign check FILE…`: the findings of specifications, without running anything. */
export function checkCommand(): Command {
  return new Command('check')
    .description('Report what is wrong with specifications.')
    .argument('<file...>', '.xdesign files')
    .option('--json', 'print the findings as one JSON array')
    .action((files: string[], options: { json?: true }) => {
      const findings = files.flatMap(findingsOf);
      if (options.json) console.log(JSON.stringify(findings));
      else for (const finding of findings) console.log(formatLocated(finding));
      if (findings.some(({ severity }) => severity === 'error')) process.exitCode = exitCodes.findings;
      else if (!options.json) console.log(`${files.length === 1 ? 'The specification has' : 'The specifications have'} no errors.`);
    });
}

/** What the language finds; and, in a specification without errors, what is wrong with the weights that it names. */
function findingsOf(file: string): readonly LocatedFinding[] {
  const { specification, findings } = readSpecificationFile(file);
  const ofWeights = checkPretrainedFiles(specification?.cases ?? []).map(({ place, ...finding }) => ({ ...finding, ...place }));
  return [...findings, ...ofWeights];
}
