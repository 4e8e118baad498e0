import type { Family, RandomDatabase } from '#domain/microstructures';

const interval = (lower: number, upper: number) => ({ lower, upper });

/** Settings of a small database with all families, coarse enough for 32 pixels along an edge. */
export const smallDatabase: RandomDatabase = {
  size: 100,
  resolution: 32,
  fraction: interval(0.38, 0.41),
  seed: 7,
  shares: { particles: 0.25, fibers: 0.25, cells: 0.25, spinodal: 0.25 },
  particles: { radius: interval(0.06, 0.14), aspect: interval(1, 2.5), orientation: interval(0, Math.PI), overlap: 'allowed' },
  fibers: { length: interval(0.2, 0.6), width: interval(0.06, 0.12), orientation: interval(0, Math.PI), overlap: 'allowed' },
  cells: { kind: 'mixed', count: interval(6, 20) },
  spinodal: { density: 'mixed', wavenumber: interval(2, 4), bandwidth: interval(0.1, 0.3), synthesis: 'noise', waves: 200 },
};

/** The settings with all images from one family. */
export function onlyFamily(settings: RandomDatabase, family: Family): RandomDatabase {
  return { ...settings, shares: { particles: 0, fibers: 0, cells: 0, spinodal: 0, [family]: 1 } };
}
