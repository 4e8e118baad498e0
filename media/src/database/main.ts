/* The database panel: every image and every design as a point. */
import { html, type TemplateResult } from 'lit';
import type { ScatterView } from '#protocol/views/database-views';
import { axisTitle } from '#display/properties';
import { counted, quantityText } from '#display/numbers';
import { button, radios } from '#media/shared/controls';
import { startPanel } from '#media/shared/start-panel';
import { themeColors, themeFont } from '#media/shared/theme';
import { initialChoice, type DatabaseChoice, type DatabasePanel } from './choice';
import { cloudsOf, type Clouds } from './cloud';
import type { Marked, Scene } from './draw-scatter';
import { legend } from './legend';
import { limitCloud, limitCurve } from './limit-curve';
import { plot } from './plot';
import { selectionSection } from './selection';
import { tip, type Hovered } from './tip';
import { windowOf, type Window } from './window';
import './database.css';

startPanel({ name: 'database', title: 'Database', choice: initialChoice, stage: 'solve', follows: 'stages', draw });

/** What is under the pointer: gone with it, so it is no part of the choice. */
let hovered: Hovered | undefined;

function draw(panel: DatabasePanel): TemplateResult | undefined {
  const view = panel.content('scatter', {});
  if (!view) return undefined;
  const { choice } = panel;
  const { clouds, whole } = planeOf(view, choice.axes);
  const { objective } = view;
  const label = `${counted(clouds.images.x.length, 'image')}, ${clouds.images.outliers.length} of them exceptional, ${clouds.arms.map((arm) => (arm.role === 'own' ? counted(arm.x.length, 'design') : `${arm.x.length} of ${arm.look.sources}`)).join(' and ') || '0 designs'}, by ${objective.name}. Drag or use the arrow keys to pan, plus and minus to zoom, 0 to see all.`;
  return html`<article class="database">
      <header>
        <p class="muted">${objective.name} by the ${objective.test} test</p>
        <h1>${counted(clouds.images.x.length, 'image')}, the best ${objective.symbol} ${quantityText(objective, clouds.images.values[view.best]!)}</h1>
        <div class="bar">
          ${radios('axes', [['directions', 'along x and y'], ['fraction', 'over volume fraction']], choice.axes, (axes) => panel.replaceChoice(without({ ...choice, axes }, 'window', 'brush')))}
          ${radios('drag', [['pan', 'pan'], ['brush', 'select']], choice.drag, (drag) => panel.choose({ drag }))}
          ${choice.window ? button('See all', () => panel.replaceChoice(without(choice, 'window'))) : undefined}
        </div>
      </header>
      <div class="plane">
        <canvas tabindex="0" role="application" aria-label=${label} ${plot({
          scene: sceneOf(panel, view, clouds, choice.window ?? whole), whole, window: choice.window, drag: choice.drag,
          onWindow: (window) => panel.replaceChoice({ ...without(choice, 'window'), ...(window && { window }) }),
          onBrush: (brush) => panel.replaceChoice({ ...without(choice, 'brush'), ...(brush && { brush }) }),
          onHover: (marked, place) => {
            hovered = marked && { marked, place };
            panel.redraw();
          },
          onChoose: (marked) => choose(panel, clouds, marked),
        })}></canvas>
        ${hovered ? tip(panel, view, clouds, hovered) : undefined}
      </div>
      ${legend(panel, view, clouds)}
    </article>
    ${selectionSection(panel, view, clouds)}`;
}

function choose(panel: DatabasePanel, clouds: Clouds, { of, index }: Marked): void {
  const arm = clouds.arms.find(({ layer }) => layer === of);
  panel.open(arm ? { panel: 'design', place: { arm: arm.name, rank: index + 1 } } : { panel: 'heatMap', place: { image: index } });
}

interface Plane {
  readonly clouds: Clouds;
  readonly whole: Window;
}

/** Points and the window around them; made once a view and pair of axes. */
const planes = new WeakMap<ScatterView, Map<DatabaseChoice['axes'], Plane>>();

function planeOf(view: ScatterView, axes: DatabaseChoice['axes']): Plane {
  const known = planes.get(view) ?? new Map<DatabaseChoice['axes'], Plane>();
  planes.set(view, known);
  let plane = known.get(axes);
  if (!plane) {
    const clouds = cloudsOf(view, axes);
    const all = [clouds.images, ...clouds.arms, limitCloud(view, axes)].filter((cloud) => cloud !== undefined);
    plane = { clouds, whole: windowOf(all, axes === 'directions', 0.05) };
    known.set(axes, plane);
  }
  return plane;
}

function sceneOf({ choice }: DatabasePanel, { objective, limits }: ScatterView, clouds: Clouds, window: Window): Scene {
  const { axes, hidden, brush } = choice;
  const titles = axes === 'directions'
    ? [axisTitle(objective, 'x'), axisTitle(objective, 'y')] as const
    : ['white volume fraction', `${objective.symbol}, the worse direction${objective.unit === '' ? '' : ` (${objective.unit})`}`] as const;
  return {
    clouds, hidden: new Set(hidden), brush, limit: limitCurve(limits[0], objective, axes, window),
    diagonal: axes === 'directions', titles, colors: themeColors(), font: themeFont(),
  };
}

function without(choice: DatabaseChoice, ...names: readonly ('window' | 'brush')[]): DatabaseChoice {
  const { window, brush, ...rest } = choice;
  return { ...rest, ...(window && !names.includes('window') && { window }), ...(brush && !names.includes('brush') && { brush }) };
}
