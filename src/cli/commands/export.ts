import { Command, Option } from 'commander';
import { hasErrors } from '#domain/finding';
import { directions, type Direction } from '#domain/objective';
import { virtualTests, type VirtualTestKind } from '#domain/virtual-tests';
import { exportImages } from '#runner/export/export-images';
import { brightness, exitCodes } from '../options';
import { pickCase, readCases } from '../read-cases';
import { formatFinding } from '../format-finding';

interface ExportOptions {
  readonly case?: string;
  readonly image?: string[];
  readonly abaqus?: true;
  readonly calculix?: true;
  readonly vti?: true;
  readonly test?: VirtualTestKind;
  readonly direction?: Direction;
  readonly out: string;
  readonly whiteAbove?: number;
  readonly json?: true;
}

/** `xdesign export FILE --case NAME --image PNG… --abaqus…`: images and their test for other programs. */
export function exportCommand(): Command {
  return new Command('export')
    .description("Write two-phase PNG images with a case's virtual test as files for other programs.")
    .argument('<file>', '.xdesign file')
    .option('--case <name>', 'the case whose materials and plane assumption apply (required)')
    .option('--image <png...>', "square PNG images of the case's resolution (required)")
    .option('--abaqus', 'write Abaqus input files: mesh, phases, boundary conditions, one step per load case')
    .option('--calculix', 'write input files for CalculiX, whose plane elements are solids')
    .option('--vti', 'write VTK images for ParaView: phase, displacement, strain, stress, energy density')
    .addOption(new Option('--test <test>', "the virtual test (default: the case's own)").choices(virtualTests))
    .addOption(new Option('--direction <direction>', 'compress along this direction alone').choices(directions))
    .option('--out <dir>', 'folder for the files', '.')
    .option('--white-above <brightness>', 'brightness above which pixels are white, for images of more than two colors', brightness)
    .option('--json', 'print the written files as one JSON array')
    .action(async (file: string, options: ExportOptions, command: Command) => {
      const name = options.case ?? command.error("error: required option '--case <name>' not specified");
      const images = options.image ?? command.error("error: required option '--image <png...>' not specified");
      const formats = (['abaqus', 'calculix', 'vti'] as const).filter((format) => options[format]);
      if (formats.length === 0) command.error("error: nothing to write: give '--abaqus', '--calculix' or '--vti'");
      const read = readCases(file);
      const specification = read && pickCase(read, name);
      if (!specification) {
        process.exitCode = exitCodes.findings;
        return;
      }
      const { files, findings } = await exportImages(specification.case, {
        images,
        formats,
        folder: options.out,
        ...(options.test && { kind: options.test }),
        ...(options.direction && { direction: options.direction }),
        ...(options.whiteAbove !== undefined && { whiteAbove: options.whiteAbove }),
      });
      for (const finding of findings) console.error(formatFinding(finding));
      if (hasErrors(findings)) process.exitCode = exitCodes.findings;
      if (options.json) console.log(JSON.stringify(files));
      else for (const written of files) console.log(`${written.file}: ${written.test} of ${written.picture} (${written.loadCases.join(', ')})`);
    });
}
