/* What arms make cells of: one row per kind, by the name that `ArmSpec.proposals` gives. */
import type { ArmSpec } from '#domain/arms';
import type { DesignCase } from '#domain/case';
import type { Rejection } from '#engine/construction/attempt';
import { drawRandomPatches } from '#engine/construction/random-patches';
import { compareObjective, objectiveValue } from '#domain/objective';
import { startsByTurns } from '#domain/optimization';
import { toJson, type Json } from '#engine/core/artifact';
import type { Rng } from '#engine/core/rng';
import { propertyOf, type VirtualTestResult } from '#engine/fem/virtual-test';
import { extremeSquares } from '#engine/grid/square-sums';
import type { Square } from '#engine/grid/image-2d';
import { type MicrostructureBatch, unpackImage } from '#engine/grid/microstructure-batch';
import { rankDesigns, validateDesign } from '#engine/validation/validate-design';
import { describePhases } from '../stage';
import type { CellTests } from '../test-columns';
import type { CandidateOrigin, DesignCandidates, PatchOrigin, Proposals } from './candidate';
import type { CriticalRegions, RegionPlace } from './regions';

/** What proposals are chosen from; a source has what it takes. */
export interface ProposalInputs {
  /** The regions of the images that the arm takes. */
  readonly regions?: CriticalRegions;
  /** The regions of the exceptional images: what the case's own arm proposes. */
  readonly outlierRegions?: CriticalRegions;
  /** Those of the database. */
  readonly images?: { readonly images: MicrostructureBatch };
  /** Tests of the images of the database. */
  readonly tests?: readonly VirtualTestResult[];
  /** The cells of the arm that `startFrom` names, and their tests. */
  readonly parent?: DesignCandidates;
  readonly parentTests?: CellTests;
}

export interface ProposalSource {
  readonly takes: readonly (keyof ProposalInputs)[];
  /** The settings that fix the proposals, besides the inputs. */
  describe(problem: DesignCase): Json;
  /** `rng` is the stream of the database's seed. */
  propose(rng: Rng, inputs: ProposalInputs, arm: ArmSpec, problem: DesignCase): Proposals;
}

export const proposalSources: Readonly<Record<ArmSpec['proposals'], ProposalSource>> = {
  regions: {
    takes: ['regions'],
    describe: () => null,
    propose: (_rng, { regions }) => squaresOf(regions!.places),
  },

  // Arms of equally many patches, so that the best of one had no more tries than the best of the other.
  'limited-regions': {
    takes: ['regions', 'outlierRegions'],
    describe: () => null,
    propose: (_rng, { regions, outlierRegions }) => squaresOf(regions!.places, outlierRegions!.places.filter((place) => 'patch' in place).length),
  },

  // The value of the explanation is what designs of regions reach beyond these.
  random: {
    takes: ['regions'],
    describe: ({ database: { seed } }) => ({ seed }),
    propose: (rng, { regions }) =>
      matchedPatches(regions!, (edges) => drawRandomPatches(rng, edges, regions!.images.length, regions!.masks.resolution)),
  },

  // What designs of regions reach beyond these is more than the share of white explains.
  'most-white': byWhiteShare(1),
  'least-white': byWhiteShare(-1),

  designs: {
    takes: ['parent', 'parentTests'],
    describe: ({ phases, plane, objective, constraints, construct: { fraction }, optimization: { best } }) =>
      toJson({ best, plane, objective, constraints, fraction, phases: describePhases(phases) }),
    propose: (_rng, { parent, parentTests }, { startFrom }, problem) => ({
      origins: rankedCells(parentTests!.measured, problem)
        .slice(0, problem.optimization.best)
        .map((cell): CandidateOrigin => ({ kind: 'parent', arm: startFrom!, candidate: parent!.candidates[cell]!.id })),
      refusals: [],
    }),
  },

  starts: {
    takes: ['tests'],
    describe: ({ objective, optimization: { starts, from, pictures } }) =>
      toJson({ objective, starts, from, ...(pictures && { pictures: pictures.map(({ sha256 }) => sha256) }) }),
    propose: (_rng, { tests }, _arm, { objective, optimization: { starts, from, pictures = [] } }) => {
      const values = tests!.map((test) => objectiveValue(objective, propertyOf(test, objective.property)));
      const images = [...values.keys()].sort((a, b) => compareObjective(objective, values[a]!, values[b]!) || a - b);
      return {
        origins: startsByTurns(starts, from, images.length, pictures.length).map(({ source, number }): CandidateOrigin => {
          if (source === 'images') return { kind: 'image', image: images[number]! };
          return source === 'pictures' ? { kind: 'picture', number } : { kind: 'start', family: source, number };
        }),
        refusals: [],
      };
    },
  },

  pictures: {
    takes: [],
    describe: ({ pictures = [] }) => toJson({ pictures: pictures.map(({ sha256 }) => sha256) }),
    propose: (_rng, _inputs, _arm, { pictures = [] }) => ({ origins: pictures.map((_, number): CandidateOrigin => ({ kind: 'picture', number })), refusals: [] }),
  },
};

/** For each square of a region the one of the same edge in its image with the most white, with sign −1 the least. */
function byWhiteShare(sign: 1 | -1): ProposalSource {
  return {
    takes: ['regions', 'images'],
    describe: () => null,
    propose: (_rng, { regions, images }) =>
      matchedPatches(regions!, (edges, explained) => {
        // The regions of an image follow each other.
        let last: { readonly image: number; readonly squareOf: (edge: number) => Square } | undefined;
        return edges.map((edge, i) => {
          const image = explained[i]!;
          if (last?.image !== image) last = { image, squareOf: extremeSquares(unpackImage(images!.images, regions!.images[image]!), sign) };
          return { image, patch: last.squareOf(edge) };
        });
      }),
  };
}

/** The squares of regions in their order, at most so many, and why the places before the last one have none. */
function squaresOf(places: readonly RegionPlace[], most = Infinity): Proposals {
  const origins: PatchOrigin[] = [];
  const refusals: Rejection[] = [];
  for (const [region, place] of places.entries()) {
    if (origins.length === most) break;
    if ('refusal' in place) refusals.push(place.refusal);
    else origins.push({ kind: 'patch', region, borrowed: false, ...place });
  }
  return { origins, refusals };
}

/** Indices of tested cells that have a value, the best first: in the order of an arm's designs. */
export function rankedCells(tests: readonly VirtualTestResult[], problem: Pick<DesignCase, 'phases' | 'plane' | 'objective' | 'constraints' | 'construct'>): number[] {
  // How they compare with images makes no difference to their order.
  const requirements = { ...problem, fraction: problem.construct.fraction, bestOfDatabase: NaN };
  return rankDesigns(problem.objective, tests.map((measured) => validateDesign(measured, requirements)));
}

/**
 * One square for each critical region that has one, of the same edge, masked by the same shape if masks are
 * asked for. `place` puts squares of the given edges into explained images; `explained` has the images of the regions.
 */
export function matchedPatches(
  { images, places }: CriticalRegions,
  place: (edges: readonly number[], explained: readonly number[]) => readonly { readonly image: number; readonly patch: Square }[],
): Proposals {
  const matched = places.flatMap((found, region) => ('patch' in found ? [{ ...found, region }] : []));
  const squares = place(matched.map(({ patch }) => patch.edge), matched.map(({ image }) => images.indexOf(image)));
  return {
    origins: matched.map((found, i): PatchOrigin => {
      const { image, patch } = squares[i]!;
      return { kind: 'patch', ...found, image: images[image]!, patch, borrowed: true };
    }),
    refusals: [],
  };
}
