/*
 * How arms are told apart: words, colors, shapes, file names, and how much of each a report shows. The one
 * table that says what is particular about an arm; an arm that has no row gets words from its name and the
 * next color and shape of the palette, so it appears everywhere by itself.
 */
import type { ArmSpec } from '#domain/arms';
import type { ArmResult, CaseResult } from '#engine/api';

/** Corners around the middle, row by row; the farthest is about 1 away. */
export type MarkShape = readonly (readonly [x: number, y: number])[];

export interface ArmLook {
  /** What one of its designs was made of, and all of them: `critical region`, `critical regions`. */
  readonly source: string;
  readonly sources: string;
  /** The former with its article: `a critical region`. */
  readonly one: string;
  /** The arm among others, in tables: `random patches (control)`. */
  readonly title: string;
  /** The arm in a sentence: `the control`. */
  readonly called: string;
  /** What it stands for when arms are compared: `the explanation`, `luck`. */
  readonly standsFor: string;
  /** What it does and what a comparison with it shows; whole sentences. */
  readonly meaning?: string;
  /** Its designs' files and names begin with this: `design` of `design-001.png`. */
  readonly file: string;
  /** The page's and the panels' variable of its color, without the dashes. */
  readonly color: `series-${1 | 2 | 3 | 4 | 5 | 6}`;
  readonly shape: MarkShape;
  /** Designs that a report draws step by step, and that it lists beside the periodic test. */
  readonly strips: number;
  readonly periodicRows: number;
}

type Mark = Pick<ArmLook, 'color' | 'shape'>;

/** Colors and shapes in their order; with more arms than these they come again. */
const palette: readonly [Mark, ...Mark[]] = [
  { color: 'series-1', shape: [[0, -1], [1, 0], [0, 1], [-1, 0]] },
  { color: 'series-2', shape: [[0, -0.82], [0.77, 0.64], [-0.77, 0.64]] },
  { color: 'series-3', shape: [[-0.72, -0.72], [0.72, -0.72], [0.72, 0.72], [-0.72, 0.72]] },
  { color: 'series-4', shape: [[0, 0.82], [-0.77, -0.64], [0.77, -0.64]] },
  { color: 'series-5', shape: [[0, -0.9], [0.86, -0.28], [0.53, 0.73], [-0.53, 0.73], [-0.86, -0.28]] },
  { color: 'series-6', shape: [[-0.3, -0.9], [0.3, -0.9], [0.3, -0.3], [0.9, -0.3], [0.9, 0.3], [0.3, 0.3], [0.3, 0.9], [-0.3, 0.9], [-0.3, 0.3], [-0.9, 0.3], [-0.9, -0.3], [-0.3, -0.3]] },
];

/** What is written of an arm; the rest follows from it and from the palette. */
type ArmWords = Omit<ArmLook, 'color' | 'shape' | 'one'>;

const looks: Readonly<Record<string, ArmWords & { readonly mark: number }>> = {
  'outliers regions mirror': {
    source: 'critical region', sources: 'critical regions', title: 'critical regions', called: 'the explained arm', standsFor: 'the explanation',
    file: 'design', mark: 0, strips: 6, periodicRows: 10,
  },
  'outliers random mirror': {
    source: 'random patch', sources: 'random patches', title: 'random patches (control)', called: 'the control', standsFor: 'luck',
    meaning: 'The control repeats everything with as many patches of the same sizes, placed at random in the same exceptional images. What the explained designs reach beyond it is the explanation’s own merit.',
    file: 'control', mark: 1, strips: 2, periodicRows: 5,
  },
};

function rowOf({ images, patches, construct, startFrom }: ArmSpec): (typeof looks)[string] | undefined {
  return looks[[images, patches, construct, ...(startFrom === undefined ? [] : [startFrom])].join(' ')];
}

/** The looks of a case's arms by their names. */
export function looksOf(arms: readonly ArmSpec[]): ReadonlyMap<string, ArmLook> {
  const taken = new Set(arms.flatMap((arm) => rowOf(arm)?.mark ?? []));
  const free = [...palette.keys()].filter((mark) => !taken.has(mark));
  let next = 0;
  return new Map(
    arms.map((arm): [string, ArmLook] => {
      const row = rowOf(arm);
      if (row) {
        const { mark, ...words } = row;
        return [arm.name, lookOf(words, mark)];
      }
      const place = next++;
      const mark = free[place] ?? place % palette.length;
      return [arm.name, lookOf(plainWords(arm.name), mark)];
    }),
  );
}

/** An arm's result and how it looks. */
export interface ArmInView {
  readonly arm: ArmResult;
  readonly look: ArmLook;
}

/** The arms of a result: the case's own, then the others. */
export function armsInView({ arms: [own, ...others] }: Pick<CaseResult, 'arms'>): readonly [ArmInView, ...ArmInView[]] {
  const looks = looksOf([own, ...others].map(({ spec }) => spec));
  const inView = (arm: ArmResult): ArmInView => ({ arm, look: looks.get(arm.name)! });
  return [inView(own), ...others.map(inView)];
}

function lookOf(words: ArmWords, mark: number): ArmLook {
  const { source } = words;
  return { ...words, one: `${/^[aeiou]/.test(source) ? 'an' : 'a'} ${source}`, ...palette[mark]! };
}

function plainWords(name: string): ArmWords {
  const words = name.replaceAll('-', ' ');
  return { source: `${words} patch`, sources: `${words} patches`, title: `${words} patches`, called: `the arm “${name}”`, standsFor: `${words} patches`, file: name, strips: 2, periodicRows: 5 };
}

/** `design-001`: how tables and pictures call a design. Ranks count from 1. */
export function designName({ file }: Pick<ArmLook, 'file'>, rank: number): string {
  return `${file}-${String(rank).padStart(3, '0')}`;
}

/** `design-001.png`. */
export function designFileName(look: Pick<ArmLook, 'file'>, rank: number): string {
  return `${designName(look, rank)}.png`;
}

/** What files of designs begin with in folders of any run: those of the table, of these arms, and of others by their names. */
export function filePrefixes(arms: readonly ArmSpec[], otherNames: readonly string[] = []): ReadonlySet<string> {
  return new Set([...Object.values(looks), ...looksOf(arms).values()].map(({ file }) => file).concat(otherNames));
}
