/* Which variants of a study are better, and how much of that a change of the seed alone does. */
import { compareObjective, type Objective } from '#domain/objective';
import type { StudyResult, VariantArm, VariantOutcome, VariantResult } from './study-result';

/** The name of the setting whose values differ by chance alone. */
export const seedSetting = 'seed';

/** Variants that differ in their seeds alone. */
export interface SeedGroup {
  /** The settings but the seed; empty when nothing else is varied. */
  readonly settings: VariantResult['settings'];
  readonly variants: readonly VariantResult[];
}

/** The groups of a study that varies the seed, in the order of their first variants; undefined where each variant has one seed. */
export function groupBySeed({ settings, variants }: Pick<StudyResult, 'settings' | 'variants'>): readonly SeedGroup[] | undefined {
  const seeds = settings.find(({ name }) => name === seedSetting);
  if (seeds === undefined || seeds.values.length < 2) return undefined;
  const groups = new Map<string, { settings: VariantResult['settings']; variants: VariantResult[] }>();
  for (const variant of variants) {
    const others = Object.fromEntries(Object.entries(variant.settings).filter(([name]) => name !== seedSetting));
    const key = JSON.stringify(others);
    const group = groups.get(key) ?? { settings: others, variants: [] };
    group.variants.push(variant);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** The settings that a study varies besides the seed. */
export function realSettings({ settings }: Pick<StudyResult, 'settings'>): StudyResult['settings'][number][] {
  return settings.filter(({ name }) => name !== seedSetting);
}

/** Mean and sample standard deviation (n − 1) of the values that there are; NaN where they do not exist. */
export interface Mean {
  readonly mean: number;
  readonly deviation: number;
  readonly count: number;
}

export function meanOf(values: readonly (number | undefined)[]): Mean {
  const present = values.filter((value) => value !== undefined && Number.isFinite(value)) as number[];
  const count = present.length;
  const mean = present.reduce((sum, value) => sum + value, 0) / count;
  const squares = present.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: count > 1 ? Math.sqrt(squares / (count - 1)) : NaN, count };
}

/** The own arm of a variant that was not refused. */
export function ownArm({ outcome }: Pick<VariantResult, 'outcome'>): VariantArm | undefined {
  return outcome?.arms[0];
}

/** The arm with this name of a variant that was not refused. */
export function armNamed({ outcome }: Pick<VariantResult, 'outcome'>, name: string): VariantArm | undefined {
  return outcome?.arms.find((arm) => arm.name === name);
}

/** The arms of all variants, each name once, own first. */
export function armsOf(variants: readonly Pick<VariantResult, 'outcome'>[]): readonly VariantArm[] {
  const arms = new Map<string, VariantArm>();
  for (const { outcome } of variants) for (const arm of outcome?.arms ?? []) if (!arms.has(arm.name)) arms.set(arm.name, arm);
  return [...arms.values()];
}

/** A value with what it belongs to. */
export interface Ranked<T> {
  readonly item: T;
  readonly value: number;
}

/** What has a value, the best first; equal ones keep their order. */
export function rankBy<T>(items: readonly T[], objective: Pick<Objective, 'sense'>, valueOf: (item: T) => number | undefined): readonly Ranked<T>[] {
  const ranked = items.flatMap((item): Ranked<T>[] => {
    const value = valueOf(item);
    return value === undefined || Number.isNaN(value) ? [] : [{ item, value }];
  });
  return ranked.sort((a, b) => compareObjective(objective, a.value, b.value));
}

/** By how much of the other value a value is better; negative if it is worse. */
export function shareBetter({ sense }: Pick<Objective, 'sense'>, value: number, other: number): number {
  return (sense === 'maximize' ? value - other : other - value) / Math.abs(other);
}

/** The best feasible value of the own arm; undefined where there is none. */
export function bestValue(variant: Pick<VariantResult, 'outcome'>): number | undefined {
  return ownArm(variant)?.best?.objectiveValue;
}

/** All objective values that a chart or a table of the study shows next to each other. */
export function shownValues(variants: readonly Pick<VariantResult, 'outcome'>[]): readonly number[] {
  const ofOutcome = ({ bestImage, limit, arms }: VariantOutcome): readonly number[] => [bestImage, ...(limit === undefined ? [] : [limit]), ...arms.flatMap(({ box = [], best }) => [...box, ...(best ? [best.objectiveValue] : [])])];
  return variants.flatMap(({ outcome }) => (outcome ? ofOutcome(outcome) : []));
}
