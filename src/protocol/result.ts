/* The results of a run in numbers. */
import type { ArmLook as ArmDisplay } from '#display/arms';
import type { BoundedValue, LimitPoint } from '#display/limits';
import type { Finding } from '#domain/finding';
import type { ImageKind } from '#domain/microstructures';
import type { MapName } from '#domain/explanation';
import type { Direction, Directional, Property, Sense } from '#domain/objective';
import type { StartFamily } from '#domain/optimization';
import type { VirtualTestKind } from '#domain/virtual-tests';
import type { ResultFiles } from './runs';
import type { PatchPlace } from './vocabulary';
import type { PropertyDisplay } from '#display/properties';

/** One virtual test, SI. Properties that the test does not measure are absent. */
export interface TestNumbers {
  readonly test: VirtualTestKind;
  readonly volumeFraction: number;
  readonly youngsModulus?: Directional;
  readonly poissonRatio?: Directional;
  readonly shearModulus?: number;
  readonly thermalExpansion?: Directional;
  /** Rows 11, 22, 12 one after another, engineering shear. */
  readonly stiffness?: readonly number[];
}

/** One constraint of one design. */
export interface ConstraintNumbers {
  /** As the user would write it, e.g. `difference(E) < 10 %`. */
  readonly name: string;
  readonly quantity: Property | 'share';
  /** SI; a share in [0, 1]. */
  readonly measured: number;
  /** Of a range one bound is `limit`, the other one `upper`. */
  readonly limit: number;
  readonly upper?: number;
  readonly satisfied: boolean;
}

/** The numbers of one cell, and whether it meets the constraints. */
export interface DesignNumbers {
  readonly volumeFraction: number;
  /** By the case's own test. */
  readonly measured: TestNumbers;
  /** By the periodic test, for comparison. */
  readonly periodic?: TestNumbers;
  /** By the case's own test at twice the resolution, each pixel as four: of the best design of an arm that optimizes. */
  readonly finer?: TestNumbers;
  /** The worst of the objective's directions, SI. */
  readonly objectiveValue: number;
  /** `value` is the bound at this fraction, SI; 100 percent is the bound itself. */
  readonly limit?: { readonly value: number; readonly percent: number };
  readonly constraints: readonly ConstraintNumbers[];
  readonly feasible: boolean;
  readonly beatsDatabase: boolean;
}

/** What a design, or the design of another arm that it was derived from, was made of. */
export type DesignOrigin = (PatchOrigin | ImageOrigin | StartOrigin | PictureOrigin) & {
  readonly parent?: { readonly arm: string; readonly candidate: number };
};

/** The image of the database, where there is one. */
export function imageOfOrigin(origin: DesignOrigin): number | undefined {
  return 'image' in origin ? origin.image : undefined;
}

/** Whether the design was drawn from the skeleton of an image, step by step. */
export function hasSteps({ origin }: Pick<RankedDesign, 'origin'>): boolean {
  return origin.kind === 'patch' && !origin.parent;
}

/** A whole image of the database. */
export interface ImageOrigin {
  readonly kind: 'image';
  readonly image: number;
  readonly family: ImageKind;
}

/** A start of an optimization that needs no image; `number` counts those of the family from 0. */
export interface StartOrigin {
  readonly kind: 'start';
  readonly family: StartFamily;
  readonly number: number;
}

/** A PNG file that the case names, by its path as written. */
export interface PictureOrigin {
  readonly kind: 'picture';
  readonly number: number;
  readonly file: string;
}

/** A square of an image. */
export interface PatchOrigin {
  readonly kind: 'patch';
  /** Index of the image in the database. */
  readonly image: number;
  readonly family: ImageKind;
  /** A layer of a network, or the edge of the squares whose contributions are compared: `edge-24`. */
  readonly layer: MapName;
  /** Relative to the map's maximum; absent of squares that contribute most. */
  readonly threshold?: number;
  readonly patch: PatchPlace;
  /** The patch contains no critical region: layer and threshold are those of another region of its size. */
  readonly borrowed: boolean;
}

/** One design of a run. */
export interface RankedDesign extends DesignNumbers {
  /** `design-001`, as in tables and file names. */
  readonly name: string;
  /** Name of its arm. */
  readonly arm: string;
  /** Its number in the arm before ranking, which does not depend on the objective. */
  readonly candidate: number;
  /** From 1: feasible ones first, then by objective value. */
  readonly rank: number;
  readonly origin: DesignOrigin;
}

/** Name and marks of an arm. The server sends them, so that panels and reports agree. */
export type ArmLook = Pick<ArmDisplay, 'title' | 'source' | 'sources' | 'one' | 'design' | 'designs' | 'color' | 'shape'>;

export interface ArmView {
  readonly name: string;
  /** Whether it is the case's own arm, or one that the own arm is compared with. */
  readonly role: 'own' | 'compared';
  readonly look: ArmLook;
  /** Its cells are made by topology optimization. */
  readonly optimizes?: true;
  /** Number of patches, or of starts, that were tried. */
  readonly attempts: number;
  readonly designs: readonly RankedDesign[];
  /** The reasons why patches gave no design. */
  readonly failures: readonly { readonly reason: string; readonly message: string; readonly count: number }[];
}

export interface ObjectiveView extends PropertyDisplay {
  readonly sense: Sense;
  readonly directions: readonly Direction[];
  readonly test: VirtualTestKind;
}

/** A bound over the white volume fraction, SI. */
export interface LimitView {
  readonly name: string;
  readonly test: VirtualTestKind | 'any';
  readonly bounds: BoundedValue;
  readonly condition: string;
  readonly volumeFractions: readonly number[];
  readonly values: readonly number[];
  /** The widest bound within the designs' range of volume fractions. */
  readonly widest: LimitPoint;
}

/** A comparison of two arms with all designs, feasible or not. */
export interface ArmComparison {
  /** Names of the two. */
  readonly arms: readonly [string, string];
  /** Probability that a design of the first is better than one of the second; ties count one half. */
  readonly superiority: number;
  /** Mann–Whitney U test on the means by source image; the alternative is that the first arm is better. */
  readonly byImage: {
    readonly u: number;
    readonly firstCount: number;
    readonly secondCount: number;
    readonly superiority: number;
    readonly pOneSided: number;
    readonly pTwoSided: number;
    readonly method: 'exact' | 'normal-approximation';
  };
  /** One sentence: which of the two arms does better, or that neither does measurably; absent where one of them optimizes. */
  readonly verdict?: string;
}

/** The case as a whole. */
export interface CaseResultView {
  readonly objective: ObjectiveView;
  /** The displays of all properties that the test measures, the objective's first. */
  readonly displays: readonly PropertyDisplay[];
  readonly database: {
    readonly count: number;
    readonly resolution: number;
    readonly outliers: number;
    /** The best image, which a design has to beat. */
    readonly best: { readonly image: number; readonly objectiveValue: number };
  };
  /** The case's own arm, then those that it is compared with. */
  readonly arms: readonly [ArmView, ...ArmView[]];
  /** The own arm with each of the others; none where one of the two has no design. */
  readonly comparisons: readonly ArmComparison[];
  readonly limits: readonly LimitView[];
  readonly findings: readonly Finding[];
  readonly files?: ResultFiles;
}
