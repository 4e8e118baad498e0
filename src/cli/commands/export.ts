import { Command, Option } from 'commander';
import type { DesignCase } from '#domain/case';
import type { DataFormat } from '#domain/data-exports';
import { hasErrors, type Finding } from '#domain/finding';
import { directions, type Direction } from '#domain/objective';
import { virtualTests, type VirtualTestKind } from '#domain/virtual-tests';
import { exportImages, type ExportedFile, type ExportFormat } from '#runner/export/export-images';
import { exportPrints, type PrintedFile, type PrintFormat } from '#runner/export/export-prints';
import { formatNumber } from '#units/format-quantity';
import { brightness, columnsAndRows, exitCodes, millimeters } from '../options';
import { pickCase, readCases } from '../read-cases';
import { dataOption, exportDataOf } from './export-data';
import { formatFinding } from '../format-finding';

interface ExportOptions {
  readonly case?: string;
  readonly image?: string[];
  readonly abaqus?: true;
  readonly calculix?: true;
  readonly vti?: true;
  readonly svg?: true;
  readonly stl?: true;
  readonly data?: readonly DataFormat[];
  readonly from?: string;
  readonly test?: VirtualTestKind;
  readonly direction?: Direction;
  readonly edge?: string[];
  readonly height?: string[];
  readonly tiles?: { readonly columns: number; readonly rows: number };
  readonly nozzle?: string[];
  readonly out: string;
  readonly whiteAbove?: number;
  readonly json?: true;
}

const testFormats = ['abaqus', 'calculix', 'vti'] as const satisfies readonly ExportFormat[];
const printFormats = ['svg', 'stl'] as const satisfies readonly PrintFormat[];

/**
 * `xdesign export FILE --case NAME --image PNG… --abaqus…`: images and their test for other programs, cells for printing;
 * `xdesign export FILE --case NAME --data npz…`: what a run found.
 */
export function exportCommand(): Command {
  return new Command('export')
    .description("Write files for other programs: two-phase PNG images with a case's virtual test or as cells for printing, or the data of a case.")
    .argument('<file>', '.xdesign file')
    .option('--case <name>', 'the case whose materials and plane assumption apply (required)')
    .option('--image <png...>', "square PNG images of the case's resolution (required without --data)")
    .option('--abaqus', 'write Abaqus input files: mesh, phases, boundary conditions, one step per load case')
    .option('--calculix', 'write input files for CalculiX, whose plane elements are solids')
    .option('--vti', 'write VTK images for ParaView: phase, displacement, strain, stress, energy density')
    .option('--svg', 'write the outlines of the white phase, in its physical size')
    .option('--stl', 'write the white phase as a watertight solid, in mm')
    .addOption(dataOption(['image', ...testFormats, ...printFormats, 'test', 'direction', 'edge', 'height', 'tiles', 'nozzle', 'whiteAbove']))
    .option('--from <dir>', 'run folder of the data (default: .xdesign next to the file)')
    .addOption(new Option('--test <test>', "the virtual test (default: the case's own)").choices(virtualTests))
    .addOption(new Option('--direction <direction>', 'compress along this direction alone').choices(directions))
    .option('--edge <length...>', 'edge of one cell with its unit, such as 20 mm (required by --svg and --stl)')
    .option('--height <length...>', 'height of the solid with its unit (required by --stl)')
    .option('--tiles <tiles>', 'columns and rows of cells, such as 2x2 (default: 1x1)', columnsAndRows)
    .option('--nozzle <length...>', 'the narrowest line that is printable: warn of thinner struts')
    .option('--out <dir>', 'folder for the files', '.')
    .option('--white-above <brightness>', 'brightness above which pixels are white, for images of more than two colors', brightness)
    .option('--json', 'print the written files as one JSON array')
    .action(async (file: string, options: ExportOptions, command: Command) => {
      const name = options.case ?? command.error("error: required option '--case <name>' not specified");
      if (options.data) return exportDataOf(file, name, options.data, options);
      if (options.from !== undefined) command.error("error: option '--from <dir>' needs '--data <formats>'");
      const images = options.image ?? command.error("error: required option '--image <png...>' not specified");
      if (![...testFormats, ...printFormats].some((format) => options[format])) {
        command.error("error: nothing to write: give '--abaqus', '--calculix', '--vti', '--svg' or '--stl'");
      }
      const print = printOptions(options, command);
      const read = readCases(file);
      const specification = read && pickCase(read, name);
      if (!specification) {
        process.exitCode = exitCodes.findings;
        return;
      }
      const common = { images, folder: options.out, ...(options.whiteAbove !== undefined && { whiteAbove: options.whiteAbove }) };
      const tested = await writeTests(specification.case, common, options);
      const printed = print ? await exportPrints(specification.case, { ...common, ...print }) : { files: [], findings: [] };
      // Both report the same findings of an image.
      const findings: Finding[] = [...tested.findings];
      findings.push(...printed.findings.filter((each) => !findings.some(({ code, message }) => code === each.code && message === each.message)));
      for (const finding of findings) console.error(formatFinding(finding));
      if (hasErrors(findings)) process.exitCode = exitCodes.findings;
      if (options.json) console.log(JSON.stringify([...tested.files, ...printed.files]));
      else for (const line of [...tested.files.map(testLine), ...printed.files.map(printLine)]) console.log(line);
    });
}

interface CommonRequest {
  readonly images: readonly string[];
  readonly folder: string;
  readonly whiteAbove?: number;
}

async function writeTests(specified: DesignCase<unknown>, common: CommonRequest, { test, direction, ...options }: ExportOptions): ReturnType<typeof exportImages> {
  const formats = testFormats.filter((format) => options[format]);
  if (formats.length === 0) return { files: [], findings: [] };
  return exportImages(specified, { ...common, formats, ...(test && { kind: test }), ...(direction && { direction }) });
}

/** What the options say of cells for printing; undefined without `--svg` and `--stl`. Ends the command where they do not fit. */
function printOptions(options: ExportOptions, command: Command) {
  const formats = printFormats.filter((format) => options[format]);
  const length = (option: 'edge' | 'height' | 'nozzle'): number | undefined => {
    const words = options[option];
    if (words === undefined) return undefined;
    return millimeters(words) ?? command.error(`error: option '--${option} <length...>' argument '${words.join(' ')}' is invalid. A length with its unit is expected, such as 20 mm.`);
  };
  const useless = (given: readonly (keyof ExportOptions)[], needed: string): void => {
    for (const option of given) if (options[option] !== undefined) command.error(`error: option '--${option}' has no effect without ${needed}`);
  };
  if (formats.length === 0) {
    useless(['edge', 'height', 'tiles', 'nozzle'], "'--svg' or '--stl'");
    return undefined;
  }
  if (!options.stl) useless(['height'], "'--stl'");
  const edge = length('edge') ?? command.error("error: required option '--edge <length...>' not specified");
  const height = options.stl ? (length('height') ?? command.error("error: required option '--height <length...>' not specified")) : undefined;
  const nozzle = length('nozzle');
  return { formats, edge, tiles: options.tiles ?? { columns: 1, rows: 1 }, ...(height !== undefined && { height }), ...(nozzle !== undefined && { nozzle }) };
}

function testLine({ file, test, picture, loadCases }: ExportedFile): string {
  return `${file}: ${test} of ${picture} (${loadCases.join(', ')})`;
}

function printLine({ file, picture, tiles, edgeMm, heightMm, strutWidthMm }: PrintedFile): string {
  const height = heightMm === undefined ? '' : `, ${formatNumber(heightMm)} mm high`;
  return `${file}: ${tiles} of ${picture}, cells of ${formatNumber(edgeMm)} mm${height}, thinnest strut ${formatNumber(strutWidthMm, 3)} mm`;
}
