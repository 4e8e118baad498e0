/*
 * The part of a porous image that is exported to other programs. They solve the equations of the solid alone, so pixels of the void
 * are left out, and so are islands and dead ends, which carry nothing and would move freely: bodies, pixels that
 * are connected by edges, without strain energy in any load case. What is left may still rotate about a corner that
 * two bodies share. This is reported, because other programs may find such a matrix singular.
 */
import type { Finding, Result } from '#domain/finding';
import { connectedComponents, imageOf, isVoid, type Image2D, type LoadCaseFields, type LoadCaseName } from '#engine/api';
import { loadCasesOf, type ExportedTest } from './load-cases';

/** Which pixels are written, and what they can carry. */
export interface SolidPart {
  /** 1 where a pixel is written; row 0 at the top. */
  readonly pixels: Uint8Array;
  /** Pieces that touch at corners at least: 0 where nothing is written, else 1 … n; each must be fixed by itself. */
  readonly pieces: Int32Array;
  readonly loadCases: readonly LoadCaseName[];
  readonly findings: readonly Finding[];
}

/** Energies below this share of the solid's modulus, per unit strain, are what a void's filling leaves: 1e-16 at most. */
const carried = 1e-12;

/** The whole image without a void; `nothing-to-export` where the solid carries no load case of the test. */
export function solidPart(image: Image2D<'binary'>, test: ExportedTest, imageName: string, fields: () => readonly LoadCaseFields[]): Result<SolidPart> {
  const { phases, kind } = test;
  const wanted = loadCasesOf(test);
  const { width: n, data } = image;
  if (!isVoid(phases.white) && !isVoid(phases.black)) {
    return { ok: true, value: { pixels: data.map(() => 1), pieces: new Int32Array(data.length).fill(1), loadCases: wanted, findings: [] } };
  }
  const boundary = kind === 'periodic' ? 'periodic' : 'open';
  const solid = imageOf('binary', n, n, isVoid(phases.black) ? data : data.map((value) => 1 - value));
  const modulus = isVoid(phases.black) ? phases.white.youngsModulus : phases.black.youngsModulus;
  const mechanical = fields().filter(({ name }) => name !== 'heating' && name !== 'constrained heating');
  const energyOf = (densities: Float64Array, counts: (pixel: number) => boolean): number =>
    densities.reduce((sum, density, pixel) => (counts(pixel) ? sum + density : sum), 0) / (modulus * n * n);

  const loaded = mechanical.filter(({ energyDensity }) => energyOf(energyDensity, () => true) > carried).map(({ name }) => name);
  const loadCases = wanted.filter((name) => loaded.includes(name) || (name === 'heating' && loaded.length === 2) || (name === 'constrained heating' && loaded.length > 0));
  if (loadCases.length === 0) {
    return {
      ok: false,
      findings: [{
        code: 'nothing-to-export',
        severity: 'error',
        message: `${imageName}: no part of the solid carries a load of the test ${kind}, so there is nothing to compute.`,
        remedy: 'Export another image, or use a material for the pores.',
      }],
    };
  }
  const bodies = connectedComponents(solid, 4, boundary);
  const energies = new Float64Array(bodies.sizes.length + 1);
  for (const { energyDensity } of mechanical) bodies.labels.data.forEach((body, pixel) => (energies[body]! += energyDensity[pixel]! / (modulus * n * n)));
  const pixels = Uint8Array.from(bodies.labels.data, (body) => (body > 0 && energies[body]! > carried ? 1 : 0));
  const pieces = connectedComponents(imageOf('binary', n, n, pixels), 8, boundary).labels.data;
  return { ok: true, value: { pixels, pieces: Int32Array.from(pieces), loadCases, findings: hinges(imageName, pixels, bodies.labels.data, n, boundary === 'periodic') } };
}

/** Corners that alone hold two bodies together. */
function hinges(imageName: string, pixels: Uint8Array, bodies: ArrayLike<number>, n: number, wraps: boolean): Finding[] {
  let count = 0;
  for (let row = 0; row < (wraps ? n : n - 1); row++) {
    for (let column = 0; column < (wraps ? n : n - 1); column++) {
      const at = (down: number, right: number): number => ((row + down) % n) * n + ((column + right) % n);
      const [a, b, c, d] = [at(0, 0), at(0, 1), at(1, 0), at(1, 1)];
      const meet = (one: number, other: number, between: number, opposite: number): boolean =>
        pixels[one] === 1 && pixels[other] === 1 && pixels[between] === 0 && pixels[opposite] === 0 && bodies[one] !== bodies[other];
      if (meet(a, d, b, c) || meet(b, c, a, d)) count++;
    }
  }
  if (count === 0) return [];
  return [{
    code: 'export-hinges',
    severity: 'warning',
    message: `${imageName}: ${count === 1 ? 'one corner is' : `${count} corners are`} all that connects parts of the solid. Each is a hinge, and another program may report a singular matrix.`,
    remedy: 'Join the parts in the image, or use a material with a small modulus for the pores.',
  }];
}
