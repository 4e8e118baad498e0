/*
 * What a study keeps of each variant: the numbers and the one picture that its page, tables and summary are made of. The
 * values of a variant are dropped when it is done, so 50 variants take no more memory than one.
 */
import type { ArmSpec } from '#domain/arms';
import type { DesignCase } from '#domain/case';
import type { Finding } from '#domain/finding';
import { attainableLimit, percentOfLimit } from '#domain/limits';
import { type Objective, objectiveValue } from '#domain/objective';
import type { StageRecord } from '#domain/run-state';
import type { VariantOf, VariedSetting } from '#domain/study';
import { designFileName } from '#display/arms';
import { widestLimit } from '#display/limits';
import { type BestOfTries, type CaseResult, type DesignResult, type ImageMean, propertyOf, quantile, unpackImage, type VirtualTestResult } from '#engine/api';
import type { CaseSpecification } from '#language/specification/specification';
import { type ArmInView, armsInView, summarizeArm } from '#runner/report/case-view';
import { encodeBinaryPng, pngDataUri } from '#runner/report/page/encode-png';
import { caseFolderName } from '#runner/report/result-files';

/** A study that has been run, in SI units. */
export interface StudyResult {
  readonly name: string;
  /** The name of the case that it varies. */
  readonly case: string;
  readonly settings: readonly [VariedSetting, ...VariedSetting[]];
  readonly objective: Objective;
  /** In the order of the file. */
  readonly variants: readonly VariantResult[];
}

export interface VariantResult {
  /** `Thresholds/threshold-0.5`. */
  readonly name: string;
  /** The text of each varied setting by its name. */
  readonly settings: VariantOf['settings'];
  /** The folder with its report, next to the files of the study. */
  readonly folder: string;
  /** What the run reported of this variant; of one that was refused, why. */
  readonly findings: readonly Finding[];
  /** Seconds that it took itself, without stages that an earlier variant of the study has; 0 where that is not known. */
  readonly seconds: number;
  /** Seconds that it would have taken alone. */
  readonly secondsAlone: number;
  /** Absent when the variant was refused. */
  readonly outcome?: VariantOutcome;
}

/** What a variant found. */
export interface VariantOutcome {
  readonly images: number;
  readonly outliers: number;
  /** Objective value of the best image. */
  readonly bestImage: number;
  /** The bound that no design in the window of fractions can pass. */
  readonly limit?: number;
  /** Of the direction that is predicted worst, on the hold-out; absent without a network. */
  readonly r2?: number;
  /** Per layer, whether its network finds the regions that the network of the first seed finds; absent for that one, and without a network. */
  readonly regionsAgain?: readonly RegionsAgain[];
  /** The own arm, then the others. */
  readonly arms: readonly [VariantArm, ...VariantArm[]];
}

/** The regions of one layer in images of the first seed, of its own network and of that of a variant with another seed. */
export interface RegionsAgain {
  /** The text of the first seed. */
  readonly seed: string;
  readonly layer: string;
  /** Intersection over union, mean over the images. */
  readonly overlap: ImageMean;
  /** The same with the variant's regions shifted by half the image. */
  readonly elsewhere: ImageMean;
}

export interface VariantArm {
  readonly name: string;
  readonly spec: ArmSpec;
  readonly attempts: number;
  readonly designs: number;
  readonly feasible: number;
  /** Feasible designs that are better than every image. */
  readonly beating: number;
  /** Objective values of all designs: minimum, quartiles, maximum; absent without designs. */
  readonly box?: readonly [number, number, number, number, number];
  /** The value that the best tenth of all designs reaches, feasible or not; absent without designs. */
  readonly bestTenth?: number;
  /** What to expect of `triesInStudies` tries; absent where proposals are chosen, or are fewer. */
  readonly tries?: BestOfTries;
  /** First of the ranking, feasible. */
  readonly best?: VariantDesign;
  /** Of the own arm over this one, as in `ArmComparison`; `byImage` is the superiority by image. */
  readonly comparison?: { readonly superiority: number; readonly byImage: number; readonly pOneSided: number; readonly pTwoSided: number };
}

export interface VariantDesign {
  readonly file: string;
  readonly objectiveValue: number;
  readonly percentOfLimit?: number;
  /** By the periodic test, where that is not the case's own. */
  readonly periodic?: { readonly objectiveValue: number; readonly percentOfLimit?: number };
  readonly volumeFraction: number;
  /** The cell as the URI of a PNG. */
  readonly picture: string;
}

/** The number of tries that a study compares. */
export const triesInStudies = 10;

/** Collects the variants of a study in their order. */
export interface StudyCollector {
  add(variant: CaseSpecification, findings: readonly Finding[], stages: readonly StageRecord[], result?: CaseResult, regionsAgain?: readonly RegionsAgain[]): void;
  variants(): readonly VariantResult[];
}

export function collectStudy(): StudyCollector {
  const variants: VariantResult[] = [];
  const known = new Set<string>();
  return {
    add({ case: { name }, variant }, findings, stages, result, regionsAgain = []) {
      const cost = (records: readonly StageRecord[]): number => records.reduce((sum, { cost: whole, seconds }) => sum + (whole ?? seconds), 0);
      const own = stages.filter(({ key }) => key === undefined || !known.has(key));
      for (const { key } of stages) if (key !== undefined) known.add(key);
      variants.push({
        name,
        settings: variant?.settings ?? {},
        folder: caseFolderName(name).split('/').at(-1)!,
        findings,
        seconds: cost(own),
        secondsAlone: cost(stages),
        ...(result && { outcome: { ...outcomeOf(result), ...(regionsAgain.length > 0 && { regionsAgain }) } }),
      });
    },
    variants: () => variants,
  };
}

function outcomeOf(result: CaseResult): VariantOutcome {
  const { problem: { objective, construct }, database, outliers, learning, limits } = result;
  const limit = limits[0] && widestLimit(limits[0], objective, construct.fraction)?.value;
  const [own, ...others] = armsInView(result);
  return {
    images: database.images.count,
    outliers: outliers.length,
    bestImage: database.best.objectiveValue,
    ...(limit !== undefined && { limit }),
    ...(learning && { r2: Math.min(...learning.quality.map(({ r2 }) => r2)) }),
    arms: [armOf(result, own), ...others.map((inView) => armOf(result, inView))],
  };
}

function armOf(result: CaseResult, { arm, look }: ArmInView): VariantArm {
  const { attempts, designs, feasible, beating, best, bestTenth } = summarizeArm(result.problem.objective, arm);
  const values = arm.designs.map(({ objectiveValue }) => objectiveValue).sort((a, b) => a - b);
  const quarter = (share: number): number => quantile(values, share)!;
  const tries = arm.tries?.find((each) => each.tries === triesInStudies);
  const comparison = result.comparisons.find(({ arms: [, other] }) => other === arm.name);
  return {
    name: arm.name,
    spec: arm.spec,
    attempts,
    designs,
    feasible,
    beating,
    ...(values.length > 0 && { box: [quarter(0), quarter(0.25), quarter(0.5), quarter(0.75), quarter(1)] as const }),
    ...(bestTenth !== undefined && { bestTenth }),
    ...(tries && { tries }),
    ...(best && { best: designOf(best, arm.designs.indexOf(best)) }),
    ...(comparison && { comparison: { superiority: comparison.superiority, byImage: comparison.byImage.superiority, pOneSided: comparison.byImage.pOneSided, pTwoSided: comparison.byImage.pTwoSided } }),
  };

  function designOf(design: DesignResult, index: number): VariantDesign {
    return {
      file: designFileName(look, index + 1),
      objectiveValue: design.objectiveValue,
      ...(design.limit && { percentOfLimit: design.limit.percent }),
      ...periodicOf(result.problem, design.periodic),
      volumeFraction: design.volumeFraction,
      picture: pngDataUri(encodeBinaryPng(unpackImage(arm.cells, index))),
    };
  }
}

/** The value by the periodic test, and how near it comes to the limit of that test at the cell's own fraction. */
function periodicOf({ objective, phases, plane }: DesignCase, test: VirtualTestResult | undefined): Pick<VariantDesign, 'periodic'> {
  if (!test) return {};
  const value = objectiveValue(objective, propertyOf(test, objective.property));
  // A void may leave a cell without a value.
  if (Number.isNaN(value)) return {};
  const limit = attainableLimit({ phases, plane, volumeFraction: test.volumeFraction, test: test.kind, ...objective });
  const percent = limit && percentOfLimit(value, limit.value, objective.sense);
  return { periodic: { objectiveValue: value, ...(percent !== undefined && { percentOfLimit: percent }) } };
}
