/* One optimization: its start and its cell side by side, with what it gained. */
import { html, nothing, type TemplateResult } from 'lit';
import { counted, gainText, quantityText } from '#display/numbers';
import { button } from '#media/shared/controls';
import { drawPixels, paint, phaseColoring } from '#media/shared/images';
import { type PackedColumn, unpackColumn } from '#protocol/packed';
import type { OptimizationRunView, OptimizationView, StartView } from '#protocol/views/optimization-views';
import type { Run } from './runs';
import type { OptimizationPanel } from './view-options';

export function runDetail(panel: OptimizationPanel, view: OptimizationView, run: Run): TemplateResult {
  const { objective, runs } = view;
  const { start, state } = run.view;
  const isComplete = runs.some(({ rank }) => rank !== undefined);
  const before = valueBefore(run);
  const verb = start.kind === 'design' ? ['before', 'after'] : ['start', 'optimized'];
  const value = run.value === undefined ? 'no value' : quantityText(objective, run.value);
  return html`<article class="run" aria-label=${`Optimization of ${run.start}`}>
    <header class="heading">
      <p class="muted">${startWords(start, run.start)} · ${progressWords(run.view)}</p>
      <h1 aria-live=${state === 'running' ? 'off' : 'polite'}><span class="symbol">${objective.symbol}</span> ${value}${before === undefined || run.value === undefined ? nothing : html` <span class="gain">${gainText(run.value, before, objective.sense)}</span>`}</h1>
      ${run.isFeasible ? nothing : html`<p class="badges"><span class="badge bad">✗ breaks a constraint</span></p>`}
    </header>
    <div class="pair">
      <figure>
        ${startImage(panel, run)}
        <figcaption><b>${verb[0]}</b>${before === undefined ? nothing : html` ${quantityText(objective, before)}`}</figcaption>
      </figure>
      <figure>
        <canvas class="pixels" role="img" aria-label=${`The cell of ${run.start} after ${counted(run.view.iterations, 'iteration')}`} ${paint((canvas) => drawPixels(canvas, run.cell!, phaseColoring(run.cell!)), [run.cell])}></canvas>
        <figcaption><b>${state === 'running' ? 'now' : verb[1]}</b> ${value}</figcaption>
      </figure>
    </div>
    <div class="bar">${links(panel, run.view, isComplete)}</div>
  </article>`;
}

/** Of a design or an image its own value; of other starts that of the first cell that their densities gave. */
function valueBefore({ view: { start }, values }: Run): number | undefined {
  const value = 'objectiveValue' in start ? start.objectiveValue : values[0];
  return value === undefined || Number.isNaN(value) ? undefined : value;
}

function startWords(start: StartView, name: string): string {
  return start.kind === 'design' ? `${name}, refined` : `optimized from ${name}`;
}

function progressWords({ state, iterations }: OptimizationRunView): string {
  return state === 'running' ? `${counted(iterations, 'iteration')} so far` : counted(iterations, 'iteration');
}

function links(panel: OptimizationPanel, { arm, rank, start }: OptimizationRunView, isComplete: boolean): TemplateResult {
  return html`${rank === undefined ? nothing : button('Design', () => panel.open({ panel: 'design', place: { arm, rank } }), { title: 'The optimized cell among all designs' })}
    ${start.kind === 'design' && isComplete ? button(`Parent ${start.name}`, () => panel.open({ panel: 'design', place: { arm: start.arm, rank: start.rank } }), { title: 'The design that it began with' }) : nothing}
    ${start.kind === 'image' ? button('Heat map', () => panel.open({ panel: 'heatMap', place: { image: start.image } }), { title: `The image that it began with, ${start.image}` }) : nothing}
    ${isComplete && rank === undefined ? html`<p class="muted">Another optimization ended with the same cell, so this one is no design of its own.</p>` : nothing}`;
}

const unpacked = new WeakMap<PackedColumn, Uint8Array>();

function startImage(panel: OptimizationPanel, { view: { arm, candidate }, start }: Run): TemplateResult {
  const view = panel.content('optimizationStart', { arm, candidate });
  if (!view) return html`<div class="pixels empty"></div>`;
  const { width, height, density } = view;
  const grays = unpacked.get(density) ?? unpackColumn(density);
  unpacked.set(density, grays);
  const draw = (canvas: HTMLCanvasElement): void =>
    drawPixels(canvas, { width, height }, (pixels, to, p) => {
      pixels[to] = pixels[to + 1] = pixels[to + 2] = grays[p]!;
      pixels[to + 3] = 255;
    });
  return html`<canvas class="pixels" role="img" aria-label=${`What ${start} began with`} ${paint(draw, [grays])}></canvas>`;
}
