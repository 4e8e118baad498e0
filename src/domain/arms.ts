/*
 * The ways to designs, called arms: what an arm proposes to make cells of, such as squares of images or designs of
 * another arm, and how proposals become cells. A case has one arm of its own and compares it with any others.
 */
import type { FractionEnd, Interval } from './intervals';

/** `outliers`: the exceptional images. `moderate`: as many others, drawn at random. */
export const armImages = ['outliers', 'moderate'] as const;
/**
 * `regions`: the squares of critical regions. `limited-regions`: the same, at most as many as the exceptional images
 * have. `random`: as many squares of the same sizes, anywhere. `most-white`, `least-white`: for each of these squares, the
 * one of the same size in the same image with the most or the least white. `designs`: the best designs of another arm.
 * `starts`: starts that no design inspired. `pictures`: PNG files of the user.
 */
export const armProposals = ['regions', 'limited-regions', 'random', 'most-white', 'least-white', 'designs', 'starts', 'pictures'] as const;
/**
 * From the skeleton in a square. `mirror`: mirrored about both mid-lines, thickened. `graph`: redrawn so that opposite
 * edges match, thickened.
 */
export const patchConstructions = ['mirror', 'graph'] as const;
export type PatchConstruction = (typeof patchConstructions)[number];
/** `optimize`: topology optimization of whole cells. `unchanged`: what is proposed is a whole cell already. */
export const armConstructions = [...patchConstructions, 'optimize', 'unchanged'] as const;

/** Whether it makes cells from the skeletons in squares of images. */
export function isPatchConstruction(construct: ArmSpec['construct']): construct is PatchConstruction {
  return (patchConstructions as readonly string[]).includes(construct);
}

/** What fixes an arm besides the settings of its case. Two arms of a case have different names. */
export interface ArmSpec {
  /** As tables, file names and messages call it: lower case, digits and hyphens. */
  readonly name: string;
  /** The images whose squares it takes; absent where it takes none. */
  readonly images?: (typeof armImages)[number];
  readonly proposals: (typeof armProposals)[number];
  readonly construct: (typeof armConstructions)[number];
  /** The arm whose designs this one begins with, which it then proposes; no arm begins with its own, however indirectly. */
  readonly startFrom?: string;
}

/** Keep the skeleton in the whole bounding square of the region, or inside the region alone. */
export const masks = ['square', 'region'] as const;
/** Lü & Wang 1986, with ends extended to the outline; Zhang & Suen 1984; Guo & Hall 1989. */
export const thinnings = ['end-preserving', 'zhang-suen', 'guo-hall'] as const;
export type Thinning = (typeof thinnings)[number];
/** Mirror lines of mirrored cells: both mid-lines, or both diagonals as well. */
export const mirrorAxes = ['two', 'four'] as const;
export type MirrorAxes = (typeof mirrorAxes)[number];

/** Everything that fixes how a square becomes a cell, or a quarter of one, by a construction of squares. */
export interface ConstructSettings {
  readonly mask: (typeof masks)[number];
  /** Spurs shorter than this many pixels of the source image are pruned. */
  readonly prune: number;
  /** Smallest edge of a patch in pixels of the source image. */
  readonly smallestPatch: number;
  readonly thinning: Thinning;
  /** Window of the design's white volume fraction. */
  readonly fraction: Interval;
  /** Absent with the mid-lines alone, as in runs before there was a choice. */
  readonly axes?: Exclude<MirrorAxes, 'two'>;
  /** The distances (|x|ⁿ + |y|ⁿ)^(1/n) by which curves are thickened; absent with n = 2, likewise. */
  readonly norm?: number;
}

/** What every case does: cells from the critical regions of its exceptional images. */
export function ownArm(construct: ArmSpec['construct']): ArmSpec {
  return { name: 'explained', images: 'outliers', proposals: 'regions', construct };
}

/** Squares by their share of white: the most where more of it has the better limit. */
const byWhiteShare = { lower: 'least-white', upper: 'most-white' } as const satisfies Readonly<Record<FractionEnd, ArmSpec['proposals']>>;

/**
 * The arms that a case can be compared with. One without a construction is constructed as the case's own; proposals by
 * ends of the range of volume fractions are those of the end where the limit of the case is better.
 */
export const comparedArms = {
  control: { name: 'control', images: 'outliers', proposals: 'random' },
  mirror: { name: 'mirror', images: 'outliers', proposals: 'regions', construct: 'mirror' },
  graph: { name: 'graph', images: 'outliers', proposals: 'regions', construct: 'graph' },
  moderate: { name: 'moderate', images: 'moderate', proposals: 'limited-regions' },
  'white-share': { name: 'white-share', images: 'outliers', proposals: byWhiteShare },
  optimization: { name: 'optimization', proposals: 'starts', construct: 'optimize' },
  pictures: { name: 'pictures', proposals: 'pictures', construct: 'unchanged' },
} as const satisfies Readonly<Record<string, ComparedRow>>;

type ComparedRow = Omit<ArmSpec, 'construct' | 'proposals'> & Partial<Pick<ArmSpec, 'construct'>> & { readonly proposals: ArmSpec['proposals'] | typeof byWhiteShare };
export type ComparedArm = keyof typeof comparedArms;

/**
 * One of them, in a case whose own construction is given, and the end of its range of volume fractions where its limit is
 * better. Entries stay in one order: cases are compared by their JSON.
 */
export function comparedArm(arm: Exclude<ComparedArm, 'white-share'>, construct: ArmSpec['construct']): ArmSpec;
export function comparedArm(arm: ComparedArm, construct: ArmSpec['construct'], end: FractionEnd): ArmSpec;
export function comparedArm(arm: ComparedArm, construct: ArmSpec['construct'], end: FractionEnd = 'upper'): ArmSpec {
  const { name, images, proposals, construct: own = construct }: ComparedRow = comparedArms[arm];
  return { name, ...(images && { images }), proposals: typeof proposals === 'string' ? proposals : proposals[end], construct: own };
}

/** Whether a comparison with this arm is one with the designs of the case itself. */
export function comparesOwnDesigns(arm: ComparedArm, construct: ArmSpec['construct']): boolean {
  return makesSameDesigns(comparedArm(arm, construct, 'upper'), ownArm(construct));
}

/** Whether two arms have the same designs, whatever they are called. */
export function makesSameDesigns(one: ArmSpec, other: ArmSpec): boolean {
  return (['images', 'proposals', 'construct', 'startFrom'] as const).every((key) => one[key] === other[key]);
}

/** Whether two arms make cells of the same patches by different constructions: they can be compared patch by patch. */
export function areConstructionsOfOne(one: ArmSpec, other: ArmSpec): boolean {
  return isPatchConstruction(one.construct) && isPatchConstruction(other.construct) && one.construct !== other.construct && makesSameDesigns({ ...one, construct: other.construct }, other);
}

/** The arm that goes on with the best designs of another one. */
export function refinedArm({ name }: Pick<ArmSpec, 'name'>): ArmSpec {
  return { name: `${name}-refined`, proposals: 'designs', construct: 'optimize', startFrom: name };
}
