/*
 * Cells of an arm before their tests, each with its identity and its origin. Origins are stored as named
 * columns, one entry per candidate; a column that an origin does not have holds −1.
 */
import type { MapName } from '#domain/explanation';
import { startFamilies, startGroup, type StartFamily } from '#domain/optimization';
import type { Rejection } from '#engine/construction/attempt';
import { artifactAs, type Artifact, type ArtifactArray } from '#engine/core/artifact';
import { ensure } from '#engine/core/bug-error';
import type { Square } from '#engine/grid/image-2d';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { decodeTraces, encodeTraces, type OptimizationTrace } from './optimization-trace';

/** A square of a database image. */
export interface PatchOrigin {
  readonly kind: 'patch';
  /** Index of the image in the database. */
  readonly image: number;
  readonly patch: Square;
  /** Index in `CriticalRegions.places` of the arm's images: the region that the square frames, or the matched one if it is borrowed. */
  readonly region: number;
  /** Layer and threshold of that region; the threshold is relative to the map's maximum, and absent of squares that contribute most. */
  readonly layer: MapName;
  readonly threshold?: number;
  /** The square does not frame the region, which lends it size and mask. */
  readonly borrowed: boolean;
}

/** A design of another arm. */
export interface ParentOrigin {
  readonly kind: 'parent';
  readonly arm: string;
  /** The `id` of that arm's candidate. */
  readonly candidate: number;
}

/** A whole image of the database. */
export interface ImageOrigin {
  readonly kind: 'image';
  /** Index in the database. */
  readonly image: number;
}

/** A start of a family that needs no image. */
export interface StartOrigin {
  readonly kind: 'start';
  readonly family: StartFamily;
  /** Counts the starts of the family from 0. */
  readonly number: number;
}

/** A PNG file that the case names. */
export interface PictureOrigin {
  readonly kind: 'picture';
  /** Index in `picturesOf` its arm and in `Proposals.pictures`. */
  readonly number: number;
}

export type CandidateOrigin = PatchOrigin | ParentOrigin | ImageOrigin | StartOrigin | PictureOrigin;

/** What an optimization of this origin counts as, among others: the arm whose designs are refined, or the group of its start. */
export function startGroupOf(origin: Exclude<CandidateOrigin, PatchOrigin>): string {
  switch (origin.kind) {
    case 'parent':
      return origin.arm;
    case 'image':
      return startGroup('images');
    case 'picture':
      return startGroup('pictures');
    case 'start':
      return startGroup(origin.family);
  }
}

/** One cell. */
export interface Candidate {
  /** Number of its proposal: what the arm proposed before it counts, whether it gave a cell or not. */
  readonly id: number;
  readonly origin: CandidateOrigin;
  /** Index in `cells` and `skeletons` of its arm. */
  readonly cell: number;
}

/** Why a proposal gave no cell of its own. */
export type CandidateRejection = Rejection | 'same-cell';

/** What an arm will make cells of. */
export interface Proposals {
  /** Entry i is proposal i. */
  readonly origins: readonly CandidateOrigin[];
  /** Refusals that came before there was anything to propose, one entry per attempt. */
  readonly refusals: readonly Rejection[];
  /** What the files of origins `picture` show; absent without such an origin. */
  readonly pictures?: MicrostructureBatch;
}

/** Cells of one arm. */
export interface DesignCandidates {
  readonly candidates: readonly Candidate[];
  readonly cells: MicrostructureBatch;
  /** The skeleton of each cell before thickening; absent where the construction draws none. */
  readonly skeletons?: MicrostructureBatch;
  /** Proposals tried: cells and refusals together. */
  readonly attempts: number;
  readonly refusals: readonly { readonly reason: CandidateRejection; readonly count: number }[];
  /** Of optimizations: entry i belongs to proposal i, undefined where it was refused; absent otherwise. */
  readonly traces?: readonly (OptimizationTrace | undefined)[];
}

const kinds = ['patch', 'parent', 'image', 'start', 'picture'] as const satisfies readonly CandidateOrigin['kind'][];

/** Whole-number columns in their order. */
const columnNames = ['kind', 'image', 'row', 'column', 'edge', 'region', 'layer', 'borrowed', 'arm', 'candidate', 'family', 'number'] as const;
type OriginRow = Readonly<Record<(typeof columnNames)[number], number>>;

interface OriginHeader {
  /** What the numbers of the columns `kind`, `layer` and `arm` mean; those of `family` are indices of `startFamilies`. */
  readonly origins: { readonly kinds: readonly string[]; readonly layers: readonly MapName[]; readonly arms: readonly string[] };
}

const absent = { image: -1, row: -1, column: -1, edge: -1, region: -1, layer: -1, borrowed: -1, arm: -1, candidate: -1, family: -1, number: -1 };

/** Columns `origin/…` and what their numbers mean. */
export function encodeOrigins(origins: readonly CandidateOrigin[]): Artifact {
  const layers = [...new Set(origins.flatMap((origin) => (origin.kind === 'patch' ? [origin.layer] : [])))];
  const arms = [...new Set(origins.flatMap((origin) => (origin.kind === 'parent' ? [origin.arm] : [])))];
  const rows = origins.map((origin): OriginRow => {
    const kind = kinds.indexOf(origin.kind);
    switch (origin.kind) {
      case 'patch': {
        const { image, patch, region, layer, borrowed } = origin;
        return { ...absent, kind, image, ...patch, region, layer: layers.indexOf(layer), borrowed: Number(borrowed) };
      }
      case 'parent':
        return { ...absent, kind, arm: arms.indexOf(origin.arm), candidate: origin.candidate };
      case 'image':
        return { ...absent, kind, image: origin.image };
      case 'start':
        return { ...absent, kind, family: startFamilies.indexOf(origin.family), number: origin.number };
      case 'picture':
        return { ...absent, kind, number: origin.number };
    }
  });
  return {
    header: { origins: { kinds, layers, arms } },
    arrays: {
      ...Object.fromEntries(columnNames.map((name) => [`origin/${name}`, Int32Array.from(rows, (row) => row[name])])),
      'origin/threshold': Float64Array.from(origins, (origin) => (origin.kind === 'patch' ? (origin.threshold ?? -1) : -1)),
    },
  };
}

/** The origins that `encodeOrigins` was given. */
export function decodeOrigins(artifact: Artifact): CandidateOrigin[] {
  const { header: { origins: { layers, arms } }, arrays } = artifactAs<OriginHeader, { readonly [name: string]: ArtifactArray }>(artifact);
  return Array.from(arrays['origin/threshold']!, (threshold, i): CandidateOrigin => {
    const at = (name: keyof OriginRow): number => arrays[`origin/${name}`]![i]!;
    const kind = kinds[at('kind')];
    ensure(kind !== undefined, 'a stored origin of an unknown kind');
    switch (kind) {
      case 'patch': {
        const patch = { row: at('row'), column: at('column'), edge: at('edge') };
        return { kind, image: at('image'), patch, region: at('region'), layer: layers[at('layer')]!, ...(threshold >= 0 && { threshold }), borrowed: at('borrowed') === 1 };
      }
      case 'parent':
        return { kind, arm: arms[at('arm')]!, candidate: at('candidate') };
      case 'image':
        return { kind, image: at('image') };
      case 'start':
        return { kind, family: startFamilies[at('family')]!, number: at('number') };
      case 'picture':
        return { kind, number: at('number') };
    }
  });
}

interface CandidatesHeader {
  readonly resolution: number;
  readonly attempts: number;
  readonly refusals: DesignCandidates['refusals'];
}

interface CandidatesArrays {
  readonly ids: Int32Array;
  readonly cells: Uint8Array;
  readonly skeletons?: Uint8Array;
}

/** Header: edge of the cells, attempts and refusals. Arrays: `ids`, packed `cells` and `skeletons`, the columns of the origins and of traces. */
export function encodeCandidates({ candidates, cells, skeletons, attempts, refusals, traces }: DesignCandidates): Artifact {
  const origins = encodeOrigins(candidates.map(({ origin }) => origin));
  return {
    header: { ...origins.header, resolution: cells.resolution, attempts, refusals },
    arrays: {
      ...origins.arrays,
      ids: Int32Array.from(candidates, ({ id }) => id),
      cells: cells.packed,
      ...(skeletons && { skeletons: skeletons.packed }),
      ...(traces && encodeTraces(traces)),
    },
  };
}

/** The candidates that `encodeCandidates` was given. */
export function decodeCandidates(artifact: Artifact): DesignCandidates {
  const { header: { resolution, attempts, refusals }, arrays } = artifactAs<CandidatesHeader, CandidatesArrays>(artifact);
  const origins = decodeOrigins(artifact);
  const batch = (packed: Uint8Array): MicrostructureBatch => ({ count: origins.length, resolution, packed });
  return {
    candidates: origins.map((origin, cell): Candidate => ({ id: arrays.ids[cell]!, origin, cell })),
    cells: batch(arrays.cells),
    ...(arrays.skeletons && { skeletons: batch(arrays.skeletons) }),
    ...('trace/lengths' in artifact.arrays && { traces: decodeTraces(artifact.arrays) }),
    attempts,
    refusals,
  };
}
