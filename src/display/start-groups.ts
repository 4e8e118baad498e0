/*
 * How the groups of topology optimizations are distinguished: runs that refine designs look like their arm; runs of the arm of
 * starts are told apart by source, with the colors that no other arm has and patterns of lines.
 */
import type { ArmSpec } from '#domain/arms';
import { isSingleStart, type StartFamily, type StartSource } from '#domain/optimization';
import { looksOf, type ArmLook } from './arms';

export interface StartGroupLook {
  /** The arm whose designs are refined, or the source of the starts. */
  readonly name: string;
  /** Its runs in a legend: `refined designs`, `noise`. */
  readonly title: string;
  readonly color: ArmLook['color'];
  readonly line: (typeof lines)[number];
}

const colors = ['series-1', 'series-2', 'series-3', 'series-4', 'series-5', 'series-6'] as const satisfies readonly ArmLook['color'][];
const lines = ['solid', 'dashed', 'dotted'] as const;

/** The groups of a case in their order; empty where no arm optimizes. */
export function startGroupLooks(arms: readonly ArmSpec[], from: readonly StartSource[]): readonly StartGroupLook[] {
  const looks = looksOf(arms);
  const refined = arms.flatMap(({ name, construct, startFrom }): StartGroupLook[] =>
    construct === 'optimize' && startFrom !== undefined ? [{ name: startFrom, title: looks.get(name)!.title, color: looks.get(name)!.color, line: 'solid' }] : [],
  );
  if (!arms.some(({ construct, startFrom }) => construct === 'optimize' && startFrom === undefined)) return refined;
  const taken = new Set(arms.flatMap(({ name, construct, startFrom }) => (construct === 'optimize' && startFrom === undefined ? [] : [looks.get(name)!.color])));
  const free = colors.filter((color) => !taken.has(color));
  const palette = free.length > 0 ? free : colors;
  const sources = from.map((source, i): StartGroupLook => ({
    name: source,
    title: source === 'images' ? 'best images' : source,
    color: palette[i % palette.length]!,
    line: lines[Math.floor(i / palette.length) % lines.length]!,
  }));
  return [...refined, ...sources];
}

/** A start of a family by its number from 0: `noise 1`, `frame`. */
export function familyStartName(family: StartFamily, number: number): string {
  return isSingleStart(family) ? family : `${family} ${number + 1}`;
}
