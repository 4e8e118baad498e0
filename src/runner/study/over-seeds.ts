/*
 * Over the seeds of a study: whether the designs of the own arm are better than those of another one, or one database was
 * lucky. Each seed has images, a network and random patches of its own, so seeds are independent where designs and images of
 * one seed are not, and each gives one number per arm: the value that the best tenth of its designs reaches, feasible or not.
 */
import { type ArmSpec, isPatchConstruction } from '#domain/arms';
import { isBetter } from '#domain/objective';
import { combineByFisher, largestExactFlips, signFlipTest } from '#engine/api';
import { outcomeOfTest, significanceLevel } from '#display/significance';
import { armNamed, armsOf, groupBySeed, type Mean, meanOf, ownArm, type SeedGroup } from './compare-variants';
import type { StudyResult, VariantArm, VariantOutcome, VariantResult } from './study-result';

/** The own arm of a case and one that it is compared with, over seeds. */
export interface ArmsOverSeeds {
  /** The settings besides the seed; empty when nothing else is varied. */
  readonly settings: VariantResult['settings'];
  readonly own: ArmSpec;
  readonly other: ArmSpec;
  /** Seeds that were not refused, and those of them with designs of both arms, which the tests are of. */
  readonly seeds: number;
  readonly tested: number;
  /** Probability that an image's mean is better in the own arm, over the tested seeds. */
  readonly superiorityByImage: Mean;
  /** The value that the best tenth reaches, SI, and in how many tested seeds it is better in the own arm. */
  readonly bestTenth: { readonly own: Mean; readonly other: Mean; readonly better: number };
  /** Exact sign-flip test of those values. */
  readonly signFlip: SignFlip;
  /** Fisher's combination of the one-sided p by image. */
  readonly combinedP: number;
  /** In how many seeds the best feasible design of the own arm is at least as good; one arm without any loses, both count as no success. */
  readonly bestAtLeast: number;
  /** Feasible designs of all seeds that beat all images. */
  readonly beating: { readonly own: number; readonly other: number };
  /** Expected gain of `triesInStudies` tries over the best image, as a share of its value; of seeds with as many patches in both arms. */
  readonly fewTries: { readonly own: Mean; readonly other: Mean };
  readonly outcome: OutcomeOverSeeds;
}

export interface SignFlip {
  /** Of the own arm being better, and of either being better. */
  readonly pOneSided: number;
  readonly pTwoSided: number;
  /** The least one-sided p that as many seeds can give. */
  readonly least: number;
  readonly method: 'exact' | 'normal-approximation';
}

/** `too-few-seeds` where no values at all could show a difference. */
export type OutcomeOverSeeds = 'better' | 'no-difference' | 'worse' | 'too-few-seeds';

/** The fewest seeds that can show a difference. */
export const fewestSeeds = 1 + Math.floor(-Math.log2(significanceLevel));

type ComparedStudy = Pick<StudyResult, 'settings' | 'variants' | 'objective'>;

/** Each group of seeds with each compared arm whose designs are draws; empty where the seed is not varied. */
export function compareOverSeeds(study: ComparedStudy): readonly ArmsOverSeeds[] {
  const known = comparisons.get(study) ?? compareGroups(study);
  comparisons.set(study, known);
  return known;
}

/** Of studies that were compared before: the page, the sentences and the files of a study request its comparisons. */
const comparisons = new WeakMap<ComparedStudy, readonly ArmsOverSeeds[]>();

function compareGroups(study: ComparedStudy): readonly ArmsOverSeeds[] {
  const [own, ...others] = armsOf(study.variants);
  if (!own) return [];
  const drawn = others.filter(({ spec }) => isPatchConstruction(spec.construct));
  return (groupBySeed(study) ?? []).flatMap((group) => drawn.map(({ spec }) => compareInGroup(study, group, own.spec, spec)));
}

function compareInGroup({ objective }: Pick<StudyResult, 'objective'>, { settings, variants }: SeedGroup, own: ArmSpec, other: ArmSpec): ArmsOverSeeds {
  const pairs = variants.flatMap((variant): Pair[] => {
    const [one, another] = [ownArm(variant), armNamed(variant, other.name)];
    return variant.outcome && one && another ? [{ outcome: variant.outcome, own: one, other: another }] : [];
  });
  const tested = pairs.flatMap(({ own: one, other: another }) =>
    one.bestTenth !== undefined && another.bestTenth !== undefined && another.comparison ? [{ own: one.bestTenth, other: another.bestTenth, comparison: another.comparison }] : []);
  const sign = objective.sense === 'maximize' ? 1 : -1;
  const differences = tested.map((seed) => sign * (seed.own - seed.other));
  const signFlip = flip(differences);
  const tried = pairs.filter((pair) => pair.own.tries && pair.other.tries);
  const gainsOf = (arm: 'own' | 'other'): Mean => meanOf(tried.map((pair) => gainOfTries(pair[arm], pair.outcome)));
  const sum = (pick: (pair: Pair) => number): number => pairs.reduce((total, pair) => total + pick(pair), 0);
  return {
    settings,
    own,
    other,
    seeds: pairs.length,
    tested: tested.length,
    superiorityByImage: meanOf(tested.map(({ comparison }) => comparison.byImage)),
    bestTenth: { own: meanOf(tested.map((seed) => seed.own)), other: meanOf(tested.map((seed) => seed.other)), better: differences.filter((difference) => difference > 0).length },
    signFlip,
    combinedP: combineByFisher(tested.map(({ comparison }) => comparison.pOneSided)),
    bestAtLeast: pairs.filter(({ own: { best }, other: { best: rival } }) => best && !(rival && isBetter(objective, rival.objectiveValue, best.objectiveValue))).length,
    beating: { own: sum((pair) => pair.own.beating), other: sum((pair) => pair.other.beating) },
    fewTries: { own: gainsOf('own'), other: gainsOf('other') },
    outcome: differences.length < fewestSeeds ? 'too-few-seeds' : outcomeOfTest(signFlip),
  };
}

interface Pair {
  readonly outcome: VariantOutcome;
  readonly own: VariantArm;
  readonly other: VariantArm;
}

function flip(differences: readonly number[]): SignFlip {
  const [better, worse] = [signFlipTest(differences), signFlipTest(differences.map((difference) => -difference))];
  return { pOneSided: better, pTwoSided: Math.min(1, 2 * Math.min(better, worse)), least: 2 ** -differences.length, method: differences.length <= largestExactFlips ? 'exact' : 'normal-approximation' };
}

/** The gain of an arm's few tries over the best image, as a share of its value; undefined where fewer patches were tried. */
function gainOfTries({ tries }: VariantArm, { bestImage }: VariantOutcome): number | undefined {
  return tries && tries.gain / Math.abs(bestImage);
}
