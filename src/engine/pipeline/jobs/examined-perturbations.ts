/*
 * The perturbed images of one examined image, and how their values are stored. Their order is known here alone:
 *
 * 1. the image, the image with all squares replaced from the donor, and with all filled from their surroundings;
 * 2. with the donor's squares: the rankings of the layers, then that of the finite elements; each own before shifted;
 * 3. with squares filled from their surroundings: the rankings of the layers, each own before one shifted;
 * 4. with the donor's squares: the controls.
 *
 * Each ranking gives deletion at each share, then insertion at each. NaN stands where a map ranks nothing.
 */
import type { Boundary, Image2D } from '#engine/grid/image-2d';
import type { Rng } from '#engine/core/rng';
import { controlRankings, type ControlRanking, type ImageControl } from '#engine/validation/control-maps';
import { movedRanking, perturbedImages, rankingOf, replacedShares, type PerturbationFilling, type PerturbationTrial, type PerturbationValues } from '#engine/validation/perturbation';

/** Squares along an edge that deletion and insertion replace. */
export const squaresAlongEdge = 8;

/** Shifted copies of each ranking, its matched controls. */
const shifts: Readonly<Record<PerturbationFilling, number>> = { donor: 2, surroundings: 1 };
/** Perturbed images of one ranking. */
const perRanking = 2 * replacedShares.length;

/** The number of perturbed images of one image with maps of `layers` layers, all of which rank something; those of exact maps are not ranked once more. */
export function perturbationCount(layers: number, areExact: boolean): number {
  return 3 + ((layers + (areExact ? 0 : 1)) * (1 + shifts.donor) + layers * (1 + shifts.surroundings) + controlRankings.length) * perRanking;
}

/** What the images are made of: scores of `squaresAlongEdge`² squares, row-major, are high where a square is relevant. */
export interface PerturbationBasis {
  readonly image: Image2D<'binary'>;
  readonly boundary: Boundary;
  /** The image with all squares replaced. */
  readonly replaced: Readonly<Record<PerturbationFilling, Image2D<'binary'>>>;
  /** Of each layer. */
  readonly layers: readonly Float64Array[];
  /** Of the finite elements; absent where the maps are theirs. */
  readonly exact?: Float64Array;
  readonly controls: Readonly<Record<ImageControl, Float64Array>>;
}

/** The images in their order; undefined where there is none. */
export function perturbations({ image, boundary, replaced, layers, exact, controls }: PerturbationBasis, rng: Rng): (Image2D<'binary'> | undefined)[] {
  const nothing = (rankings: number): undefined[] => new Array<undefined>(rankings * perRanking).fill(undefined);
  const rankings = [...layers, exact].map((scores, which) => {
    const stream = rng.fork(`ranking/${which}`);
    const own = scores && rankingOf(scores, stream);
    return own && [own, ...Array.from({ length: shifts.donor }, () => movedRanking(own, squaresAlongEdge, stream, boundary))];
  });
  const ofRankings = (filling: PerturbationFilling, which: readonly (readonly Int32Array[] | undefined)[]) =>
    which.flatMap((orders) => orders?.slice(0, 1 + shifts[filling]).flatMap((order) => perturbedImages(image, replaced[filling], order)) ?? nothing(1 + shifts[filling]));
  const ofControls = controlRankings.flatMap((control) => {
    const stream = rng.fork(`control/${control}`);
    const scores = control === 'random' ? Float64Array.from({ length: squaresAlongEdge ** 2 }, () => stream.uniform()) : controls[control];
    const order = rankingOf(scores, stream);
    return order ? perturbedImages(image, replaced.donor, order) : nothing(1);
  });
  return [
    image,
    replaced.donor,
    replaced.surroundings,
    ...ofRankings('donor', rankings),
    ...ofRankings('surroundings', rankings.slice(0, layers.length)),
    ...ofControls,
  ];
}

/** The values of all examined images by one measure, by ranking, then image; undefined where there is none. */
export interface PerturbationTrials {
  /** Of each layer, then of the finite elements. */
  readonly donor: readonly (readonly (PerturbationTrial | undefined)[])[];
  /** Of each layer. */
  readonly surroundings: readonly (readonly (PerturbationTrial | undefined)[])[];
  /** With the donor's squares. */
  readonly controls: Readonly<Record<ControlRanking, readonly (PerturbationValues | undefined)[]>>;
}

/** Reads values that are stored image by image, in the order of `perturbations`. */
export function readPerturbations(values: Float64Array, images: number, layers: number): PerturbationTrials {
  const stride = values.length / images;
  const at = (image: number, first: number): Float64Array => values.subarray(image * stride + first, image * stride + first + perRanking);
  const isThere = (found: Float64Array): boolean => !Number.isNaN(found[0]);
  const trials = (filling: PerturbationFilling, rankings: number, first: number) =>
    Array.from({ length: rankings }, (_, r) =>
      Array.from({ length: images }, (_image, e): PerturbationTrial | undefined => {
        const [own, ...shifted] = Array.from({ length: 1 + shifts[filling] }, (_order, t) => at(e, first + (r * (1 + shifts[filling]) + t) * perRanking)) as [Float64Array, ...Float64Array[]];
        return isThere(own) ? { whole: values[e * stride]!, replaced: values[e * stride + (filling === 'donor' ? 1 : 2)]!, own, shifted } : undefined;
      }),
    );
  const secondFilling = 3 + (layers + 1) * (1 + shifts.donor) * perRanking;
  const controls = secondFilling + layers * (1 + shifts.surroundings) * perRanking;
  const ofControl = (control: ControlRanking): (PerturbationValues | undefined)[] =>
    Array.from({ length: images }, (_, e) => at(e, controls + controlRankings.indexOf(control) * perRanking)).map((found) => (isThere(found) ? found : undefined));
  return {
    donor: trials('donor', layers + 1, 3),
    surroundings: trials('surroundings', layers, secondFilling),
    controls: { random: ofControl('random'), edges: ofControl('edges'), center: ofControl('center'), white: ofControl('white') },
  };
}
