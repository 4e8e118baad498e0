/*
 * How arms are told apart: words, colors, shapes, file names, and how much of each arm a report shows. This is
 * the only table about particular arms. An arm without a row gets words from its name and the next color and
 * shape of the palette, so it appears everywhere without further code.
 */
import type { ArmSpec, PatchConstruction } from '#domain/arms';

/** Variable of the style sheets of the page and the panels, without the dashes. */
type SeriesColor = `series-${1 | 2 | 3 | 4 | 5 | 6}`;

/** Corners around the middle, y downward; the farthest is about 1 away. */
export type MarkShape = readonly (readonly [x: number, y: number])[];

export interface ArmLook {
  /** What one of its designs was made of, and all of them: `critical region`, `critical regions`. */
  readonly source: string;
  readonly sources: string;
  /** The former with its article: `a critical region`. */
  readonly one: string;
  /** One of its designs, and all of them: `design from a critical region`, `refined designs`. */
  readonly design: string;
  readonly designs: string;
  /** The arm among others, in tables: `random patches (control)`. */
  readonly title: string;
  /** The arm in a sentence: `the control`. */
  readonly called: string;
  /** What it stands for when arms are compared: `the explanation`, `chance`. */
  readonly standsFor: string;
  /** What it does and what a comparison with it shows; whole sentences. */
  readonly meaning?: string;
  /** What follows from each outcome of the case's own arm against it, where that is more than the outcome itself; a whole sentence. */
  readonly conclusions?: Readonly<Record<'better' | 'no-difference' | 'worse', string>>;
  /** Its designs' files and names begin with this: `design` of `design-001.png`. */
  readonly file: string;
  readonly color: SeriesColor;
  readonly shape: MarkShape;
  /** Numbers of designs that a report shows step by step, and that it lists with their periodic test. */
  readonly strips: number;
  readonly periodicRows: number;
}

type Mark = Pick<ArmLook, 'color' | 'shape'>;

/** Colors and shapes in their order; they repeat when there are more arms. */
const palette: readonly [Mark, ...Mark[]] = [
  { color: 'series-1', shape: [[0, -1], [1, 0], [0, 1], [-1, 0]] },
  { color: 'series-2', shape: [[0, -0.82], [0.77, 0.64], [-0.77, 0.64]] },
  { color: 'series-3', shape: [[-0.72, -0.72], [0.72, -0.72], [0.72, 0.72], [-0.72, 0.72]] },
  { color: 'series-4', shape: [[0, 0.82], [-0.77, -0.64], [0.77, -0.64]] },
  { color: 'series-5', shape: [[0, -0.9], [0.86, -0.28], [0.53, 0.73], [-0.53, 0.73], [-0.86, -0.28]] },
  { color: 'series-6', shape: [[-0.3, -0.9], [0.3, -0.9], [0.3, -0.3], [0.9, -0.3], [0.9, 0.3], [0.3, 0.3], [0.3, 0.9], [-0.3, 0.9], [-0.3, 0.3], [-0.9, 0.3], [-0.9, -0.3], [-0.3, -0.3]] },
];

/** The shapes of the palette in their order. */
export const markShapes: readonly MarkShape[] = palette.map(({ shape }) => shape);

/** The written part of a look; the rest follows from it and from the palette. */
type ArmWords = Omit<ArmLook, 'color' | 'shape' | 'one' | 'design' | 'designs'> & Partial<Pick<ArmLook, 'design' | 'designs'>>;

/** Without a mark it takes the next free one of the palette. */
type ArmRow = ArmWords & { readonly mark?: number };

/** By either construction, as the case's own arm. */
const explained: ArmRow = {
  source: 'critical region', sources: 'critical regions', title: 'critical regions', called: 'the explained arm', standsFor: 'the explanation',
  file: 'design', mark: 0, strips: 6, periodicRows: 10,
};
const control: ArmRow = {
  source: 'random patch', sources: 'random patches', title: 'random patches (control)', called: 'the control', standsFor: 'chance',
  meaning: 'The control repeats everything with as many patches of the same sizes, placed at random in the same exceptional images. What the explained designs reach beyond it is the explanation’s own merit.',
  file: 'control', mark: 1, strips: 2, periodicRows: 5,
};

function whiteShare(extreme: 'most' | 'least'): ArmRow {
  return {
    source: `square with the ${extreme} white`, sources: `squares with the ${extreme} white`, title: `squares with the ${extreme} white`, called: 'the white-share arm', standsFor: 'the share of white',
    meaning: `The white-share arm repeats everything with another square for each critical region: the one of the same size in the same image that has the ${extreme} white, which needs no explanation. What the explained designs reach beyond it is more than the share of white explains.`,
    conclusions: {
      better: `So the explanation finds more than where there is the ${extreme} white.`,
      'no-difference': `So it is not shown that the explanation finds more than where there is the ${extreme} white, which needs no explanation.`,
      worse: `So the explanation finds less here than simply where there is the ${extreme} white.`,
    },
    file: 'white-share', strips: 2, periodicRows: 5,
  };
}

const moderate: ArmRow = {
  source: 'critical region of a moderate image', sources: 'critical regions of moderate images', title: 'critical regions of moderate images', called: 'the moderate arm', standsFor: 'the explanation of moderate images',
  meaning: 'The moderate arm repeats everything with images that are not exceptional: as many as there are exceptional ones, drawn at random from all others, explained in the same way, and at most as many patches as the explained arm has. What the explained designs reach beyond it is the merit of choosing exceptional images.',
  file: 'moderate', strips: 2, periodicRows: 5,
};

/** What a construction is called in a sentence. */
export const constructionNames: Readonly<Record<PatchConstruction, string>> = { mirror: 'the mirror construction', graph: 'the graph construction' };

const looks: Readonly<Record<string, ArmRow>> = {
  'outliers regions mirror': explained,
  'outliers regions graph': explained,
  'outliers random mirror': control,
  'outliers random graph': control,
  'outliers most-white mirror': whiteShare('most'),
  'outliers most-white graph': whiteShare('most'),
  'outliers least-white mirror': whiteShare('least'),
  'outliers least-white graph': whiteShare('least'),
  'moderate limited-regions mirror': moderate,
  'moderate limited-regions graph': moderate,
  'designs optimize explained': {
    source: 'explained design', sources: 'explained designs', design: 'refined design', designs: 'refined designs',
    title: 'explained designs, refined', called: 'the refined arm', standsFor: 'refinement of explained designs',
    meaning: 'A topology optimization begins with each of the best explained designs. What a refined design reaches beyond its parent is the gain of the optimization.',
    file: 'refined', mark: 4, strips: 0, periodicRows: 5,
  },
  'designs optimize control': {
    source: 'control design', sources: 'control designs', design: 'refined control design', designs: 'refined control designs',
    title: 'control designs, refined', called: 'the refined control', standsFor: 'refinement of control designs',
    meaning: 'The same optimization begins with as many of the best control designs. If refined explained designs end no better than these, an explained design is no better a start than a random patch.',
    file: 'control-refined', mark: 5, strips: 0, periodicRows: 5,
  },
  'designs optimize moderate': {
    source: 'moderate design', sources: 'moderate designs', design: 'refined moderate design', designs: 'refined moderate designs',
    title: 'moderate designs, refined', called: 'the refined moderate arm', standsFor: 'refinement of moderate designs',
    meaning: 'The same optimization begins with as many of the best designs from moderate images.',
    file: 'moderate-refined', strips: 0, periodicRows: 5,
  },
  'designs optimize white-share': {
    source: 'white-share design', sources: 'white-share designs', design: 'refined white-share design', designs: 'refined white-share designs',
    title: 'white-share designs, refined', called: 'the refined white-share arm', standsFor: 'refinement of white-share designs',
    meaning: 'The same optimization begins with as many of the best designs of the white-share arm.',
    file: 'white-share-refined', strips: 0, periodicRows: 5,
  },
  'designs optimize mirror': refinedConstruction('mirrored', 'mirror'),
  'designs optimize graph': refinedConstruction('redrawn', 'graph'),
  'pictures unchanged': {
    source: 'picture', sources: 'pictures', design: 'picture', designs: 'pictures', title: 'pictures', called: 'the arm of pictures', standsFor: 'the pictures',
    meaning: 'The pictures are PNG files that the case names, each a periodic cell as it is. They are chosen and not drawn at random, so no test says how likely chance does as well; what counts is how far the best of them reach.',
    file: 'picture', strips: 0, periodicRows: Infinity,
  },
  'designs optimize pictures': {
    source: 'picture', sources: 'pictures', design: 'refined picture', designs: 'refined pictures', title: 'pictures, refined', called: 'the refinement of pictures', standsFor: 'refinement of pictures',
    meaning: 'The same optimization begins with as many of the best pictures.',
    file: 'pictures-refined', strips: 0, periodicRows: 5,
  },
  'starts optimize': {
    source: 'start', sources: 'starts', design: 'optimized cell', designs: 'optimized cells',
    title: 'optimized from other starts', called: 'the arm of starts', standsFor: 'optimization without a design',
    meaning: 'The same optimization begins with starts that no design inspired, such as noise. It shows what optimization reaches by itself.',
    file: 'optimized', mark: 2, strips: 0, periodicRows: 5,
  },
};

/** The critical regions by the other construction, which the case does not use for its own arm. */
const otherConstructions: Readonly<Record<string, ArmRow>> = {
  'outliers regions mirror': {
    source: 'mirrored critical region', sources: 'mirrored critical regions', title: 'critical regions, mirrored', called: constructionNames.mirror, standsFor: constructionNames.mirror,
    meaning: 'The mirror construction takes the patches of the case’s own arm and mirrors each into a cell, instead of redrawing it as a whole cell. Each patch shows which construction is better for it.',
    file: 'mirror', strips: 2, periodicRows: 5,
  },
  'outliers regions graph': {
    source: 'redrawn critical region', sources: 'redrawn critical regions', title: 'critical regions, redrawn', called: constructionNames.graph, standsFor: constructionNames.graph,
    meaning: 'The graph construction takes the patches of the case’s own arm and redraws each as a whole cell whose opposite edges match, instead of mirroring it. Each patch shows which construction is better for it.',
    file: 'graph', strips: 2, periodicRows: 5,
  },
};

function refinedConstruction(participle: string, construct: PatchConstruction): ArmRow {
  return {
    source: `${participle} design`, sources: `${participle} designs`, design: `refined ${participle} design`, designs: `refined ${participle} designs`,
    title: `${participle} designs, refined`, called: `the refinement of ${participle} designs`, standsFor: `refinement of ${participle} designs`,
    meaning: `The same optimization begins with as many of the best designs of ${constructionNames[construct]}.`,
    file: `${construct}-refined`, strips: 0, periodicRows: 5,
  };
}

function rowOf({ images, proposals, construct, startFrom }: ArmSpec, isOwn: boolean): ArmRow | undefined {
  const key = [...(images === undefined ? [] : [images]), proposals, construct, ...(startFrom === undefined ? [] : [startFrom])].join(' ');
  return (isOwn ? undefined : otherConstructions[key]) ?? looks[key];
}

/** The looks of a case's arms by their names; the first one is the case's own. */
export function looksOf(arms: readonly ArmSpec[]): ReadonlyMap<string, ArmLook> {
  const rows = arms.map((arm, index) => rowOf(arm, index === 0));
  const taken = new Set(rows.flatMap((row) => row?.mark ?? []));
  const free = [...palette.keys()].filter((mark) => !taken.has(mark));
  let next = 0;
  const nextMark = (): number => {
    const index = next++;
    return free[index] ?? index % palette.length;
  };
  return new Map(
    arms.map((arm, index): [string, ArmLook] => {
      const { mark = nextMark(), ...words } = rows[index] ?? plainWords(arm);
      return [arm.name, lookOf(words, mark)];
    }),
  );
}

function lookOf(words: ArmWords, mark: number): ArmLook {
  const { source, sources } = words;
  const one = `${/^[aeiou]/.test(source) ? 'an' : 'a'} ${source}`;
  return { design: `design from ${one}`, designs: `designs from ${sources}`, ...words, one, ...palette[mark]! };
}

function plainWords({ name, construct }: Pick<ArmSpec, 'name' | 'construct'>): ArmRow {
  const words = name.replaceAll('-', ' ');
  const noun = construct === 'optimize' ? ['start', 'starts'] : ['patch', 'patches'];
  const [source, sources] = noun.map((each) => `${words} ${each}`) as [string, string];
  return { source, sources, title: sources, called: `the arm “${name}”`, standsFor: sources, file: name, strips: 2, periodicRows: 5 };
}

/** The name of a design in tables and images, such as `design-001`, with the name of the PNG file that it was made of, if any. Ranks count from 1. */
export function designName({ file }: Pick<ArmLook, 'file'>, rank: number, source?: { readonly kind: string; readonly file?: string }): string {
  const name = `${file}-${String(rank).padStart(3, '0')}`;
  return source?.file === undefined ? name : `${name} (${source.file.split(/[\\/]/).at(-1)!})`;
}

/** `design-001.png`. */
export function designFileName(look: Pick<ArmLook, 'file'>, rank: number): string {
  return `${designName(look, rank)}.png`;
}

/** The beginnings of the names of design files in the folder of any run: those of the table, of these arms, and of other arms by their names. */
export function filePrefixes(arms: readonly ArmSpec[], otherNames: readonly string[] = []): ReadonlySet<string> {
  return new Set([...Object.values(looks), ...Object.values(otherConstructions), ...looksOf(arms).values()].map(({ file }) => file).concat(otherNames));
}
