import { Command, Option } from 'commander';
import { fittingDisplay } from '#display/numbers';
import { hasErrors } from '#domain/finding';
import { type VirtualTestKind, virtualTests } from '#domain/virtual-tests';
import { type SimulatedImage, simulateImages } from '#runner/simulate';
import { pickCase, readCases } from '../read-cases';
import { brightness, exitCodes, positiveInteger } from '../options';
import { formatFinding } from '../format-finding';

interface SimulateOptions {
  readonly case?: string;
  readonly image?: string[];
  readonly test?: VirtualTestKind;
  readonly resolution?: number;
  readonly memory?: number;
  readonly whiteAbove?: number;
  readonly json?: true;
}

/** `xdesign simulate FILE --case NAME --image PNG…`: the virtual test of any two-phase image. */
export function simulateCommand(): Command {
  return new Command('simulate')
    .description("Test two-phase PNG images (the brighter color is white) with a case's materials.")
    .argument('<file>', '.xdesign file')
    .option('--case <name>', 'the case whose materials and plane assumption apply (required)')
    .option('--image <png...>', "square PNG images of the case's resolution (required)")
    .addOption(new Option('--test <test>', "the virtual test (default: the case's own)").choices(virtualTests))
    .option('--resolution <pixels>', "the images' edge (default: the case's resolution)", positiveInteger)
    .option('--memory <GiB>', 'memory that a test may take (default: 4)', positiveInteger)
    .option('--white-above <brightness>', 'brightness above which pixels are white, for images of more than two colors', brightness)
    .option('--json', 'print the results as one JSON array, SI units')
    .action(async (file: string, options: SimulateOptions, command: Command) => {
      // Not by `requiredOption`, whose message would come before that of a misspelled option.
      const name = options.case ?? command.error("error: required option '--case <name>' not specified");
      const images = options.image ?? command.error("error: required option '--image <png...>' not specified");
      const read = readCases(file);
      const specification = read && pickCase(read, name);
      if (!specification) {
        process.exitCode = exitCodes.findings;
        return;
      }
      const { results, findings } = await simulateImages(specification.case, images, {
        ...(options.test && { kind: options.test }),
        ...(options.resolution !== undefined && { resolution: options.resolution }),
        ...(options.memory !== undefined && { memory: options.memory * 2 ** 30 }),
        ...(options.whiteAbove !== undefined && { whiteAbove: options.whiteAbove }),
      });
      for (const finding of findings) console.error(formatFinding(finding));
      if (hasErrors(findings)) process.exitCode = exitCodes.findings;
      if (options.json) console.log(JSON.stringify(results));
      else for (const result of results) console.log(describe(result));
    });
}

function describe(result: SimulatedImage): string {
  const notes = (result.findings ?? []).map(({ code }) => (code === 'uncertain-result' ? `${code}: error estimate ${result.errorEstimate!.toExponential(1)}` : code));
  return `${result.file}: ${result.test}, white ${(100 * result.volumeFraction).toFixed(2)} %, ${measuredText(result)}  (${result.solver}, ${result.milliseconds.toFixed(0)} ms)${notes.length === 0 ? '' : ` [${notes.join(', ')}]`}`;
}

/** What a virtual test measured, in one line: moduli in one unit that fits them, names as in `--json`. */
export function measuredText({ Ex, Ey, nuxy, nuyx, Gxy, alphax, alphay }: Pick<SimulatedImage, 'Ex' | 'Ey' | 'nuxy' | 'nuyx' | 'Gxy' | 'alphax' | 'alphay'>): string {
  const moduli = entriesOf({ Ex, Ey, Gxy });
  const stress = fittingDisplay('stress', moduli.map(([, value]) => value));
  const [young, shear] = [moduli.filter(([name]) => name !== 'Gxy'), moduli.filter(([name]) => name === 'Gxy')];
  const modulus = ([name, value]: Entry): string => `${name} ${digitsOf(value * stress.scale, 6)} ${stress.unit}`;
  const expansions = entriesOf({ alphax, alphay });
  const exponent = -exponentOf(fittingDisplay('expansion', expansions.map(([, value]) => value)).scale);
  return [
    ...young.map(modulus),
    ...entriesOf({ nuxy, nuyx }).map(([name, value]) => `${name} ${digitsOf(value, 4)}`),
    ...shear.map(modulus),
    ...expansions.map(([name, value]) => `${name} ${value === 0 ? '0' : `${digitsOf(value * 10 ** -exponent, 5)}e${exponent}`} 1/K`),
  ].join('  ');
}

type Entry = readonly [name: string, value: number];

function entriesOf(values: Readonly<Record<string, number | undefined>>): Entry[] {
  return Object.entries(values).flatMap(([name, value]): Entry[] => (value === undefined ? [] : [[name, value]]));
}

/** So many significant digits; zero is a zero alone. */
function digitsOf(value: number, significant: number): string {
  return value === 0 ? '0' : value.toPrecision(significant);
}

function exponentOf(value: number): number {
  return Number(value.toExponential().split('e')[1]);
}
