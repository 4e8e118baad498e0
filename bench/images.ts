/* The images that benchmarks test: the four families, or mirrored cells of them. */
import type { PhasePair } from '#domain/materials';
import type { RandomDatabase } from '#domain/microstructures';
import { createRng } from '#engine/core/rng';
import { mirrorQuarter, type Image2D } from '#engine/grid/image-2d';
import { generateMicrostructure } from '#engine/microstructure/generate-microstructure';

/** Contrast 5.55. */
export const boronInAluminum: PhasePair = {
  white: { name: 'boron', youngsModulus: 379.3e9, poissonRatio: 0.3, thermalExpansion: 8.3e-6 },
  black: { name: 'aluminum', youngsModulus: 68.3e9, poissonRatio: 0.3, thermalExpansion: 23.6e-6 },
};

/** Contrast 683 000. */
export const aluminumInFoam: PhasePair = {
  white: { name: 'aluminum', youngsModulus: 68.3e9, poissonRatio: 0.33, thermalExpansion: 23.6e-6 },
  black: { name: 'foam', youngsModulus: 0.1e6, poissonRatio: 0.25, thermalExpansion: 1e-15 },
};

const interval = (lower: number, upper: number) => ({ lower, upper });
const families: Omit<RandomDatabase, 'size' | 'resolution'> = {
  fraction: interval(0.38, 0.41),
  seed: 20,
  shares: { particles: 0.25, fibers: 0.25, cells: 0.25, spinodal: 0.25 },
  particles: { radius: interval(0.03, 0.1), aspect: interval(1, 2.5), orientation: interval(0, Math.PI), overlap: 'allowed' },
  fibers: { length: interval(0.2, 0.6), width: interval(0.03, 0.08), orientation: interval(0, Math.PI), overlap: 'allowed' },
  cells: { kind: 'mixed', count: interval(10, 40) },
  spinodal: { density: 'mixed', wavenumber: interval(3, 10), bandwidth: interval(0.1, 0.3), synthesis: 'noise', waves: 500 },
};

/** Image `index` of a database of all families, the same for every benchmark and machine. */
export function databaseImage(resolution: number, index: number): Image2D<'binary'> {
  const settings: RandomDatabase = { ...families, size: 1000, resolution };
  const result = generateMicrostructure(createRng(settings.seed), settings, index);
  if (!result.ok) throw new Error(result.findings.map(({ message }) => message).join('\n'));
  return result.value.image;
}

/** A cell of the resolution whose quarter is a database image. */
export function mirroredImage(resolution: number, index: number): Image2D<'binary'> {
  return mirrorQuarter(databaseImage(resolution / 2, index));
}
