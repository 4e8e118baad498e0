/* The database panel: every image and every design as a point, and the selected or the best images as a gallery. */
import { html, nothing, type TemplateResult } from 'lit';
import { counted, countText, numberText, quantityText } from '#display/numbers';
import { axisTitle } from '#display/properties';
import { imageKinds } from '#domain/microstructures';
import type { Sense } from '#domain/objective';
import { button, radios } from '#media/shared/controls';
import { thumbnails } from '#media/shared/gallery';
import { imagesOf } from '#media/shared/images';
import { startPanel } from '#media/shared/start-panel';
import { themeColors, themeFont } from '#media/shared/theme';
import type { ScatterView } from '#protocol/views/database-views';
import { fileImages } from './file-images';
import type { Marked, Scene } from './draw-scatter';
import { type Hovered, legend, tip } from './legend';
import { plot } from './plot';
import { type Clouds, cloudsOf, isInside, limitCloud, limitCurve } from './points';
import { type DatabaseViewOptions, type DatabasePanel, initialViewOptions, type Viewport, viewportOf } from './viewport';
import './database.css';

startPanel({ name: 'database', title: 'Database', viewOptions: initialViewOptions, stage: 'solve', follows: 'stages', render });

/** The point under the pointer: it leaves with the pointer, so it is not one of the view options. */
let hovered: Hovered | undefined;

function render(panel: DatabasePanel): TemplateResult | undefined {
  const view = panel.content('scatter', {});
  if (!view) return fileImages(panel);
  const { viewOptions } = panel;
  const { clouds, whole } = planeOf(view, viewOptions.axes);
  const { objective } = view;
  const label = `${counted(clouds.images.x.length, 'image')}, ${clouds.images.outliers.length} of them exceptional, ${clouds.arms.map((arm) => (arm.role === 'own' ? counted(arm.x.length, 'design') : `${arm.x.length} ${arm.look.designs}`)).join(' and ') || '0 designs'}, by ${objective.name}. Drag or use the arrow keys to pan, plus and minus to zoom, 0 to see all.`;
  return html`<article class="database">
      <header>
        <p class="muted">${objective.name} by the ${objective.test} test</p>
        <h1>${counted(clouds.images.x.length, 'image')}, the best ${objective.symbol} ${quantityText(objective, clouds.images.values[view.best]!)}</h1>
        <div class="bar">
          ${radios('axes', [['directions', 'along x and y'], ['fraction', 'over volume fraction']], viewOptions.axes, (axes) => panel.replaceViewOptions(without({ ...viewOptions, axes }, 'viewport', 'brush')))}
          ${radios('drag', [['pan', 'pan'], ['brush', 'select']], viewOptions.drag, (drag) => panel.setViewOptions({ drag }))}
          ${viewOptions.viewport ? button('See all', () => panel.replaceViewOptions(without(viewOptions, 'viewport'))) : undefined}
        </div>
      </header>
      <div class="plane">
        <canvas tabindex="0" role="application" aria-label=${label} ${plot({
          scene: sceneOf(panel, view, clouds, viewOptions.viewport ?? whole), whole, viewport: viewOptions.viewport, drag: viewOptions.drag,
          onViewport: (viewport) => panel.replaceViewOptions({ ...without(viewOptions, 'viewport'), ...(viewport && { viewport }) }),
          onBrush: (brush) => panel.replaceViewOptions({ ...without(viewOptions, 'brush'), ...(brush && { brush }) }),
          onHover: (marked, place) => {
            hovered = marked && { marked, place };
            panel.redraw();
          },
          onChoose: (marked) => openPoint(panel, clouds, marked),
        })}></canvas>
        ${hovered ? tip(panel, view, clouds, hovered) : undefined}
      </div>
      ${legend(panel, view, clouds)}
    </article>
    ${selectionSection(panel, view, clouds)}`;
}

function openPoint(panel: DatabasePanel, clouds: Clouds, { of, index }: Marked): void {
  const arm = clouds.arms.find(({ layer }) => layer === of);
  panel.open(arm ? { panel: 'design', place: { arm: arm.name, rank: index + 1 } } : { panel: 'heatMap', place: { image: index } });
}

interface Plane {
  readonly clouds: Clouds;
  readonly whole: Viewport;
}

/** Points and the viewport around them, created once per view and pair of axes. */
const planes = new WeakMap<ScatterView, Map<DatabaseViewOptions['axes'], Plane>>();

function planeOf(view: ScatterView, axes: DatabaseViewOptions['axes']): Plane {
  const known = planes.get(view) ?? new Map<DatabaseViewOptions['axes'], Plane>();
  planes.set(view, known);
  let plane = known.get(axes);
  if (!plane) {
    const clouds = cloudsOf(view, axes);
    const all = [clouds.images, ...clouds.arms, limitCloud(view, axes)].filter((cloud) => cloud !== undefined);
    plane = { clouds, whole: viewportOf(all, axes === 'directions', 0.05) };
    known.set(axes, plane);
  }
  return plane;
}

function sceneOf({ viewOptions }: DatabasePanel, { objective, limits }: ScatterView, clouds: Clouds, viewport: Viewport): Scene {
  const { axes, hidden, brush } = viewOptions;
  const titles = axes === 'directions'
    ? [axisTitle(objective, 'x'), axisTitle(objective, 'y')] as const
    : ['white volume fraction', `${objective.symbol}, the worse direction${objective.unit === '' ? '' : ` (${objective.unit})`}`] as const;
  return {
    clouds, hidden: new Set(hidden), brush, limit: limitCurve(limits[0], objective, axes, viewport),
    diagonal: axes === 'directions', titles, colors: themeColors(), font: themeFont(),
  };
}

function without(viewOptions: DatabaseViewOptions, ...names: readonly ('viewport' | 'brush')[]): DatabaseViewOptions {
  const { viewport, brush, ...rest } = viewOptions;
  return { ...rest, ...(viewport && !names.includes('viewport') && { viewport }), ...(brush && !names.includes('brush') && { brush }) };
}

/** The largest number of images that are shown. */
const most = 96;

function selectionSection(panel: DatabasePanel, view: ScatterView, clouds: Clouds): TemplateResult {
  const { objective } = view;
  const { brush } = panel.viewOptions;
  const { values } = clouds.images;
  const found = selectedImages(clouds, panel.viewOptions, objective.sense);
  const indices = found.slice(0, most);
  const page = indices.length > 0 ? panel.content('database', { indices }) : undefined;
  const images = page ? imagesOf(page.images) : [];
  const items = indices.flatMap((index, i) => (images[i]
    ? [{ key: index, image: images[i], caption: numberText(objective, values[index]!), label: `Image ${index}, ${imageKinds[clouds.images.families[index]!]}: ${objective.symbol} ${quantityText(objective, values[index]!)} in the worse direction` }]
    : []));
  return html`<section class="gallery" aria-labelledby="selection-title">
    <header class="bar">
      <h2 id="selection-title" aria-live="polite">${brush ? `${countText(found.length)} selected` : 'The best images'}</h2>
      ${brush ? button('Clear the selection', () => panel.replaceViewOptions(withoutBrush(panel.viewOptions))) : nothing}
      <small>${brush && found.length > most ? `the best ${most} of them; ` : ''}click one for its heat map</small>
    </header>
    ${thumbnails('Images, the best first', items, -1, (image) => panel.open({ panel: 'heatMap', place: { image } }))}
  </section>`;
}

let last: { readonly clouds: Clouds; readonly hidden: DatabaseViewOptions['hidden']; readonly brush: DatabaseViewOptions['brush']; readonly found: readonly number[] } | undefined;

/** Indices of shown images in the brush, if there is one, the best first. */
function selectedImages(clouds: Clouds, { hidden, brush }: DatabaseViewOptions, sense: Sense): readonly number[] {
  if (last?.clouds === clouds && last.hidden === hidden && last.brush === brush) return last.found;
  const { x, y, values, families: codes } = clouds.images;
  const shown = imageKinds.map((family) => !hidden.includes(family));
  const better = sense === 'maximize' ? -1 : 1;
  const found = Array.from(x.keys())
    .filter((i) => shown[codes[i]!]! && (!brush || isInside(brush, x[i]!, y[i]!)))
    .sort((a, b) => better * (values[a]! - values[b]!));
  last = { clouds, hidden, brush, found };
  return found;
}

function withoutBrush({ brush: _brush, ...rest }: DatabaseViewOptions): DatabaseViewOptions {
  return rest;
}
