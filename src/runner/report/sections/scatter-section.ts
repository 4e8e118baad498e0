/* Every image, outlier and design by its two directions: the scatter with its legend. */
import { imageWord } from '#display/database';
import { designName } from '#display/arms';
import { limitLine, widestLimit } from '#display/limits';
import { counted, countText, percentText } from '#display/numbers';
import { axisTitle, displayOf, type PropertyDisplay, propertyText, subscript, testName } from '#display/properties';
import { imageKinds } from '#domain/microstructures';
import { type ArmResult, type CaseResult, propertyOf } from '#engine/api';
import { type ArmInView, armsInView, displayIn } from '../case-view';
import { area, type AxisRange, cloud, curve, marks, plotArea, rangeOf, valueAxis } from '../page/chart-parts';
import { html, type Markup, rawMarkup } from '../page/html';
import { armMark, bandColor, colorOf, dotMark, familyColors, inkColor, legendEntry, limitColor, lineMark, mutedColor, paperColor, ringMark } from '../page/legend';
import { type Chart, type ChartHint, type ChartOption, renderChart } from '../page/render-chart';

export function scatterSection(result: CaseResult, id: string): Markup {
  const { name } = displayOf(result.problem.objective.property);
  return html`<section aria-labelledby="${id}-scatter-title">
<h3 id="${id}-scatter-title">Designs among the ${imageWord(result.problem.database)}s</h3>
<figure class="with-legend">
${renderChart(propertyScatter(result, `${id}-scatter`))}
<figcaption>
${legend(result)}
<p>Each point is one cell; its ${name} along x and y comes from ${testName(result.problem.test)}. On the dashed diagonal both directions are equal.
Point at one of the best designs to read its name and values.</p>
</figcaption>
</figure>
</section>`;
}

function legend(result: CaseResult): Markup {
  const { problem, database, outliers } = result;
  const { property } = problem.objective;
  const counts = imageKinds.map((_, code) => database.families.reduce((count, family) => count + Number(family === code), 0));
  const limit = result.limits[0];
  const shown = limit && widestLimit(limit, problem.objective, problem.construct.fraction);
  const difference = problem.constraints.find(({ kind, property: constrained }) => kind === 'difference' && constrained === property);
  return html`<ul class="legend">
${armsInView(result).map(({ arm, look }) => legendEntry(armMark(look), counted(arm.designs.length, look.design, look.designs)))}
${limit && shown ? legendEntry(lineMark(limitColor, false), `physical limit: ${limit.name}, ${propertyText(property, shown.value)} at ${percentText(shown.volumeFraction)} white`) : undefined}
${imageKinds.map((family, code) => (counts[code] ? legendEntry(dotMark(familyColors[family]), `${family}, ${counted(counts[code]!, 'image')}`) : undefined))}
${legendEntry(ringMark(), `${counted(outliers.length, 'outlier')}: the ${percentText(problem.explain.outlierShare, 0)} best in every direction of the objective`)}
${difference?.kind === 'difference' ? legendEntry(rawMarkup('<rect x="1" y="3" width="20" height="10" fill="var(--band)"/>'), `directions differ by less than ${percentText(difference.limit, 0)}`) : undefined}
${legendEntry(lineMark(mutedColor, true), 'equal properties')}
</ul>
<p class="note">Best image: number ${countText(database.best.index)} (${imageKinds[database.families[database.best.index]!]}), ${propertyText(property, database.best.x)} along x, ${propertyText(property, database.best.y)} along y.</p>`;
}

type Point = readonly [number, number];

/** The clouds of the four families are drawn in batches, so that none hides the others. */
const batches = 8;

/** Best designs of each arm that show their name under the pointer. */
const hintedDesigns = 20;

/** Square, with equal ranges on both axes, so that the diagonal means equal properties. */
export function propertyScatter(result: CaseResult, id: string): Chart {
  const { property } = result.problem.objective;
  const display = displayIn(result, property);
  const { scale, name } = display;
  const images = imagePoints(result, scale);
  const arms = armsInView(result).map((inView) => ({ ...inView, points: designPoints(inView.arm, result, scale) }));
  const limit = result.limits[0];
  const shown = limit && widestLimit(limit, result.problem.objective, result.problem.construct.fraction);
  const limitEdge = shown ? [shown.value * scale] : [];
  const range = rangeOf([...images, ...arms.flatMap(({ points }) => points)].flat().concat(limitEdge), 0.05);
  const axes = { xAxis: valueAxis(axisTitle(display, 'x'), range, 32), yAxis: valueAxis(axisTitle(display, 'y'), range, 48) };
  const visible = { min: axes.xAxis.min, max: axes.xAxis.max };
  const option: ChartOption = {
    grid: plotArea(68, 22, 16, 54),
    ...axes,
    series: [
      ...differenceBand(result, visible),
      curve([[visible.min, visible.min], [visible.max, visible.max]], mutedColor, { dashed: true, width: 1 }),
      ...imageClouds(result, images),
      ...outlierRings(result, images),
      ...(limit && shown ? [curve(limitLine(limit.bounds, shown.value * scale, result.problem.objective, { left: visible.min, right: visible.max, bottom: visible.min, top: visible.max }), limitColor, { width: 2 })] : []),
      // The case's own arm is drawn last, on top.
      ...arms.toReversed().map(({ points, look }) => marks(points.toReversed(), look.shape, colorOf(look))),
    ],
  };
  return {
    id,
    label: `${name} along y over ${name} along x of ${counted(images.length, 'image')} and ${arms.map(({ points, look }) => counted(points.length, look.design, look.designs)).join(' and ')}`,
    width: 640,
    height: 620,
    option,
    hints: arms.toReversed().flatMap((inView) => hintsOf(inView, result, display)),
  };
}

function imagePoints({ problem, database }: CaseResult, scale: number): Point[] {
  const columns = database.properties[problem.objective.property]!;
  return Array.from(columns.x, (x, image): Point => [x * scale, columns.y[image]! * scale]);
}

function designPoints(arm: ArmResult, { problem }: CaseResult, scale: number): Point[] {
  return arm.designs.map((design): Point => {
    const { x, y } = propertyOf(design.measured, problem.objective.property);
    return [x * scale, y * scale];
  });
}

function imageClouds({ database }: CaseResult, images: readonly Point[]) {
  return Array.from({ length: batches }, (_, batch) =>
    imageKinds.map((family, code) => {
      const points = images.filter((_point, image) => image % batches === batch && database.families[image] === code);
      return points.length === 0 ? [] : [cloud(points, familyColors[family], dotSize(images.length), 0.75)];
    }),
  ).flat(2);
}

/** Diameter of an image's dot, pixels: smaller when there are many. */
function dotSize(count: number): number {
  return Number((3.6 * Math.min(1, (1500 / count) ** 0.25)).toFixed(2));
}

/** Rings around the outliers: a dot of ink, a smaller one of paper, and the image's own dot on top. */
function outlierRings({ outliers, database }: CaseResult, images: readonly Point[]) {
  const all = Array.from(outliers, (image) => images[image]!);
  const size = dotSize(images.length);
  return [
    cloud(all, inkColor, size + 4, 1),
    cloud(all, paperColor, size + 2.2, 1),
    ...imageKinds.map((family, code) =>
      cloud(all.filter((_, o) => database.families[outliers[o]!] === code), familyColors[family], size, 1),
    ),
  ];
}

/** The region where |Px − Py| < limit · min: a wedge around the diagonal. Only for positive properties. */
function differenceBand({ problem }: CaseResult, { min, max }: AxisRange) {
  const constraint = problem.constraints.find(({ kind, property }) => kind === 'difference' && property === problem.objective.property);
  if (constraint?.kind !== 'difference') return [];
  const steep = 1 + constraint.limit;
  const from = Math.max(0, min) / steep;
  return [area([[from, from * steep], [max, max * steep], [max * steep, max], [from * steep, from]], bandColor)];
}

function hintsOf({ arm: { designs }, look }: ArmInView, { problem }: CaseResult, display: PropertyDisplay): ChartHint[] {
  const { property } = problem.objective;
  const { symbol, scale } = display;
  return designs.slice(0, hintedDesigns).map((design, i) => {
    const { x, y } = propertyOf(design.measured, property);
    const values = `${symbol}${subscript(property, 'x')} ${propertyText(property, x, display)}, ${symbol}${subscript(property, 'y')} ${propertyText(property, y, display)}`;
    return { x: x * scale, y: y * scale, text: `${designName(look, i + 1, design.source)}: ${values}${design.feasible ? '' : ' (not feasible)'}` };
  }).reverse();
}
