import type { SimulatedImage } from '#runner/simulate';
import { fittingDisplay } from '#display/numbers';

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
