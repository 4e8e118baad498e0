import { Command } from 'commander';
import { exitCodes } from '../options';
import { checkFiles } from '#runner/case-files';
import { attachImages } from '#runner/images/attach-images';
import { createImageLibrary } from '#runner/images/image-library';
import { machineFiles } from '#runner/weights/pretrained-file';
import { hasErrors, type PlacedFinding } from '#domain/finding';
import type { StudySpecification } from '#language/specification/specification';
import { coreCount } from '#runner/jobs/thread-executor';
import { formatFinding } from '../format-finding';
import { readSpecificationFile } from '../read-cases';
import { studyEstimateText } from '../study-estimate';

/** `xdesign check FILE…`: the findings of specifications, without running anything. */
export function checkCommand(): Command {
  return new Command('check')
    .description('Report what is wrong with specifications.')
    .argument('<file...>', '.xdesign files')
    .option('--json', 'print the findings as one JSON array')
    .action(async (files: string[], options: { json?: true }) => {
      const checked = await Promise.all(files.map(checkFile));
      const findings = checked.flatMap((each) => each.findings);
      if (options.json) console.log(JSON.stringify(findings.map(({ place, ...finding }) => ({ ...finding, ...place }))));
      else for (const finding of findings) console.log(formatFinding(finding));
      if (hasErrors(findings)) process.exitCode = exitCodes.findings;
      else if (!options.json) {
        for (const study of checked.flatMap(({ studies }) => studies)) console.log(studyEstimateText(study, coreCount()));
        console.log(`${files.length === 1 ? 'The specification has' : 'The specifications have'} no errors.`);
      }
    });
}

/** What the language finds; and, in a specification without errors, what is wrong with the files that it names. */
async function checkFile(file: string): Promise<{ readonly findings: readonly PlacedFinding[]; readonly studies: readonly StudySpecification[] }> {
  const { specification, findings } = readSpecificationFile(file);
  const { cases = [], studies = [] } = specification ?? {};
  const library = createImageLibrary({ isShared: true });
  const ofFiles = await checkFiles([...cases, ...studies.flatMap(({ variants }) => variants)], machineFiles(), library);
  // How long a study takes depends on the number of its images.
  const read = studies.map((study) => ({ ...study, variants: study.variants.map((variant) => ({ ...variant, case: attachImages(variant.case, library.readOf) })) }));
  return { findings: [...findings, ...ofFiles], studies: read };
}
