/* Images and phases for the iterative solvers. */
import { readFileSync } from 'node:fs';
import type { PhasePair } from '#domain/materials';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { unpackImage } from '#engine/grid/microstructure-batch';
import { boronInAluminum } from './virtual-test-phases';

/** Six images of four families, 128 × 128; test/golden/fem has their script. */
const golden = JSON.parse(readFileSync(new URL('../golden/fem/virtual-tests.json', import.meta.url), 'utf8')) as {
  readonly resolution: number;
  readonly images: Readonly<Record<string, string>>;
};
export const goldenImages: readonly (readonly [string, Image2D<'binary'>])[] = Object.entries(golden.images).map(([name, hex]) => {
  const packed = Uint8Array.from(Buffer.from(hex, 'hex'));
  return [name, unpackImage({ count: 1, resolution: golden.resolution, packed }, 0)] as const;
});

const stiffer = (contrast: number): PhasePair => ({
  ...boronInAluminum,
  white: { ...boronInAluminum.white, youngsModulus: contrast * boronInAluminum.black.youngsModulus },
});
/** Phases that the iterative solvers accept: one stiffer in all, and one whose moduli cross. */
export const lowContrasts: readonly (readonly [string, PhasePair])[] = [
  ['contrast 5.55', boronInAluminum],
  ['contrast 20', stiffer(20)],
  ['contrast 50', stiffer(50)],
  ['stiff black', { white: boronInAluminum.black, black: boronInAluminum.white }],
  // Its bulk modulus is a sixth of the other's, its shear modulus three times the other's.
  ['one modulus softer, one stiffer', { ...boronInAluminum, white: { ...boronInAluminum.white, youngsModulus: 3e10, poissonRatio: -0.8 } }],
];

/** A square image, white where the function says so. */
export function drawnImage(n: number, isWhite: (row: number, column: number) => boolean): Image2D<'binary'> {
  return imageOf('binary', n, n, Uint8Array.from({ length: n * n }, (_, p) => (isWhite(Math.floor(p / n), p % n) ? 1 : 0)));
}
