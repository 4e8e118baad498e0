/* How groups of starts of topology optimizations are told apart: words, colors and shapes. */
import type { ArmSpec } from '#domain/arms';
import { isSingleStart, startGroup, type StartFamily, type StartSource, startSources } from '#domain/optimization';
import { looksOf, type MarkShape, markShapes } from './arms';

export interface GroupLook {
  /** The starts of the group, in tables and legends: `explained designs`, `noise`. */
  readonly title: string;
  /** Variable of the style sheets of the page and the panels, without the dashes. */
  readonly color: string;
  readonly shape: MarkShape;
}

const octagon: MarkShape = [[0.38, -0.92], [0.92, -0.38], [0.92, 0.38], [0.38, 0.92], [-0.38, 0.92], [-0.92, 0.38], [-0.92, -0.38], [-0.38, -0.92]];

const star: MarkShape = Array.from({ length: 10 }, (_, k) => {
  const [radius, angle] = [k % 2 === 0 ? 1.2 : 0.5, (k * Math.PI) / 5];
  return [radius * Math.sin(angle), -radius * Math.cos(angle)] as const;
});

/** The plus of the palette, turned. */
const cross: MarkShape = markShapes[5]!.map(([x, y]) => [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2] as const);

const sources: Readonly<Record<StartSource, GroupLook>> = {
  noise: { title: 'noise', color: 'series-3', shape: markShapes[2]! },
  cosines: { title: 'random cosines', color: 'series-4', shape: markShapes[3]! },
  disc: { title: 'a soft disc', color: 'spinodal', shape: octagon },
  frame: { title: 'a frame', color: 'particles', shape: markShapes[1]! },
  laminates: { title: 'laminates', color: 'cells', shape: star },
  images: { title: 'database images', color: 'fibers', shape: markShapes[0]! },
  pictures: { title: 'PNG files', color: 'series-2', shape: cross },
};

/** The look of a group by its name: of the starts of a source, or of the arm whose designs were refined, as the arm that refines them. */
export function groupLook(name: string, arms: readonly ArmSpec[]): GroupLook {
  const source = startSources.find((each) => startGroup(each) === name);
  if (source !== undefined) return sources[source];
  const refining = arms.find(({ startFrom }) => startFrom === name);
  const { sources: title, color, shape } = looksOf(arms).get(refining?.name ?? name) ?? { sources: name, color: 'muted', shape: octagon };
  return { title, color, shape };
}

/** One start in words: `noise 3`, `a frame`, `mine.png` of a path. Numbers count from 1. */
export function startText(start: { readonly family: StartFamily; readonly number: number } | { readonly file: string }): string {
  if ('file' in start) return start.file.split(/[\\/]/).at(-1)!;
  const { title } = sources[start.family];
  return isSingleStart(start.family) ? title : `${title} ${start.number + 1}`;
}
