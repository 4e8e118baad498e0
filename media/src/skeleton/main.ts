/* The skeleton panel: from an image to a cell in four steps, and one of them large. */
import { html, nothing, type TemplateResult } from 'lit';
import { mapText } from '#display/maps';
import { counted, fixed, percentText } from '#display/numbers';
import { button, checkbox, slider } from '#media/shared/controls';
import { armOf, firstDesign, gallerySection } from '#media/shared/gallery';
import { previewSection } from '#media/shared/preview';
import { startPanel } from '#media/shared/start-panel';
import { unpackColumn } from '#protocol/packed';
import { type ArmView, type CaseResultView, hasSteps, imageOfOrigin, type RankedDesign } from '#protocol/result';
import type { RedrawingView, SkeletonView } from '#protocol/views/design-views';
import { initialViewOptions, plainLayers, type SkeletonPanel, type StepName, stepNames, stepImage, thickened, volumeFraction } from './step-image';
import './skeleton.css';

startPanel({ name: 'skeleton', title: 'Skeleton', viewOptions: initialViewOptions, stage: 'validate', follows: 'stages', render });

function render(panel: SkeletonPanel): TemplateResult | undefined {
  const all = panel.content('result', {});
  if (!all) return undefined;
  const result = withSteps(all);
  const place = panel.place ?? firstDesign(result);
  const arm = armOf(result, place.arm);
  const design = arm?.designs[place.rank - 1];
  const view = panel.latest('skeleton', place);
  if (!view || !arm || !design) return design ? undefined : html`<p class="placeholder">This design does not exist.</p>${gallerySection(panel, result, place)}`;
  return html`${previewSection(panel, result, imageOfOrigin(design.origin))}
    <article aria-label=${`How ${design.name} came about`}>
      ${stepStrip(panel, view, arm)}
      ${stepDetail(panel, view, arm, design)}
    </article>
    ${gallerySection(panel, result, place)}`;
}

/** Without the arms whose cells come from no skeleton. */
function withSteps(result: CaseResultView): CaseResultView {
  const [own, ...others] = result.arms;
  return { ...result, arms: [own, ...others.filter(({ designs: [first] }) => first && hasSteps(first))] };
}

const titles: Readonly<Record<StepName, string>> = { region: 'Critical region', skeleton: 'Skeleton', periodic: 'Mirrored', thickened: 'Thickened' };

/** Shares of the half width that are shown small. */
const thickenings = [0.2, 0.4, 0.6, 0.8, 1];

function stepStrip(panel: SkeletonPanel, view: SkeletonView, arm: ArmView): TemplateResult {
  const chosen = panel.viewOptions.step;
  const walk = (event: KeyboardEvent): void => {
    const next = stepNames[stepNames.indexOf(chosen) + ({ ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0)];
    if (!next || next === chosen) return;
    event.preventDefault();
    panel.setViewOptions({ step: next });
    document.getElementById(`step-${next}`)?.focus();
  };
  return html`<div class="steps" role="tablist" aria-label="Steps from the image to the cell" @keydown=${walk}>
    ${stepNames.map((step, i) => html`<div class="step" role="tab" id=${`step-${step}`} aria-controls="detail" aria-selected=${step === chosen} tabindex=${step === chosen ? 0 : -1} @click=${() => panel.setViewOptions({ step })}>
      ${stepImage(step, view, plainLayers, titleOf(step, view, arm))}<span><b>${i + 1}</b> ${titleOf(step, view, arm)}</span>
    </div>`)}
  </div>`;
}

function titleOf(step: StepName, { region, construct }: SkeletonView, { look: { source } }: ArmView): string {
  if (step === 'periodic' && construct === 'graph') return 'Redrawn';
  return step === 'region' && !region ? source.slice(0, 1).toUpperCase() + source.slice(1) : titles[step];
}

function stepDetail(panel: SkeletonPanel, view: SkeletonView, arm: ArmView, design: RankedDesign): TemplateResult {
  const { step } = panel.viewOptions;
  return html`<div class="detail" id="detail" role="tabpanel" aria-labelledby=${`step-${step}`}>
    ${stepImage(step, view, panel.viewOptions, `${titleOf(step, view, arm)} of ${design.name}, large`)}
    <div class="side">
      <header><p class="muted">${design.name}</p><h1>${titleOf(step, view, arm)}</h1></header>
      ${details[step](panel, view, design, arm)}
    </div>
  </div>`;
}

const details: Readonly<Record<StepName, (panel: SkeletonPanel, view: SkeletonView, design: RankedDesign, arm: ArmView) => TemplateResult>> = {
  region: (panel, { region, patch, construct }, { origin }, { look }) => {
    // Only designs that were drawn from a patch have steps.
    if (origin.kind !== 'patch') return html``;
    const { image, family, layer, threshold } = origin;
    return html`
    <p>${region
      ? html`Image ${image} (${family}). ${threshold === undefined ? `The square is one of those of ${patch.edge} pixels that contribute most in every direction, by the finite elements.` : `The network’s prediction rests on the outlined region: there the maps of ${mapText(layer)} reach ${percentText(threshold, 0)} of their maximum in every direction.`}`
      : html`Image ${image} (${family}), an exceptional one. The square is ${look.one}: its position comes from no map.`}</p>
    <p>The framed square, ${patch.edge} × ${patch.edge} pixels, becomes ${construct === 'mirror' ? 'a quarter of the cell' : 'the cell'}.</p>
    ${legend(region ? [['outline', 'critical region'], ['patch', 'patch']] : [['patch', 'patch']])}
    ${region ? html`<div class="bar">${button('Heat map', () => panel.open({ panel: 'heatMap', place: { image, layer, ...(threshold !== undefined && { threshold }) } }))}</div>` : nothing}`;
  },
  skeleton: (panel, view) => html`
    <p>The white phase thinned to lines, ${view.nodes.filter(({ kind }) => kind === 'junction').length} junctions and ${view.nodes.filter(({ kind }) => kind === 'end').length} free ends. Short spurs, which any bump of an outline causes, are pruned.</p>
    <section aria-label="What is drawn">
      ${checkbox('graph nodes', panel.viewOptions.nodes, (nodes) => panel.setViewOptions({ nodes }))}
      ${checkbox('pruned spurs', panel.viewOptions.spurs, (spurs) => panel.setViewOptions({ spurs }))}
      ${checkbox('smooth curves', panel.viewOptions.curves, (curves) => panel.setViewOptions({ curves }))}
    </section>
    ${legend([['curve', 'skeleton'], ...(panel.viewOptions.spurs ? [['spur', 'pruned spur'] as const] : []), ['patch', 'patch']])}
    ${panel.viewOptions.nodes ? html`<p class="keys"><span><svg class="key" viewBox="0 0 22 12" aria-hidden="true"><rect class="node junction" x="7" y="2" width="8" height="8"></rect></svg>junction</span><span><svg class="key" viewBox="0 0 22 12" aria-hidden="true"><circle class="node end" cx="11" cy="6" r="4"></circle></svg>free end</span></p>` : nothing}`,
  periodic: (panel, { patch, cell, construct, redrawing }) => html`
    <p>${construct === 'mirror'
      ? 'The skeleton in the patch, the framed quarter, mirrored about both mid-lines: so opposite edges match, and the cell repeats.'
      : 'The skeleton in the patch, redrawn: where it leaves the cell, its ends are moved along the edges until opposite edges match, so the cell repeats.'}</p>
    <p>The patch of ${patch.edge} pixels is enlarged ${fixed(cell.width / (construct === 'mirror' ? 2 : 1) / patch.edge, 1)} times.</p>
    ${redrawing ? shifts(panel, redrawing, cell.width) : nothing}`,
  thickened: (panel, view, design) => {
    const halfWidth = panel.viewOptions.thickness * view.halfWidth;
    const cell = thickened(unpackColumn(view.distance), view.cellSkeleton.width, halfWidth);
    return html`
      <p>The pixels nearest to the curves become white until the cell has its volume fraction: ${percentText(design.volumeFraction)}.</p>
      ${slider({ label: 'half width', min: 0, max: 1, step: 0.02, value: panel.viewOptions.thickness, text: `${fixed(halfWidth, 1)} pixels`, onMove: (thickness) => panel.setViewOptions({ thickness }) })}
      <p class="muted">${percentText(volumeFraction(cell))} white at a half width of ${fixed(halfWidth, 1)} pixels</p>
      <div class="thickenings" role="group" aria-label="Steps of thickening">${thickenings.map((thickness) => html`<div class="step" role="button" tabindex="0" aria-label=${`Half width ${fixed(thickness * view.halfWidth, 1)} pixels`} @click=${() => panel.setViewOptions({ thickness })} @keydown=${onEnter(() => panel.setViewOptions({ thickness }))}>
        ${stepImage('thickened', view, { ...plainLayers, thickness }, `Thickened to ${percentText(thickness, 0)} of the half width`)}</div>`)}</div>`;
  },
};

/** How far the ends of the curves were moved, and how that is drawn. */
function shifts(panel: SkeletonPanel, { moved, removed, meanShift, largestShift }: RedrawingView, edge: number): TemplateResult {
  const { ends } = panel.viewOptions;
  return html`
    <p class="shift-facts">${moved.length} ends were moved by ${fixed(meanShift, 1)} pixels of the cell on average, ${percentText(meanShift / edge)} of its edge. Beyond ${fixed(largestShift, 1)} pixels, ${percentText(largestShift / edge, 0)}, a patch gives no cell.${removed.length > 0 ? html` ${counted(removed.length, 'end')} had no partner on the opposite edge, or only cut a corner: ${removed.length === 1 ? 'it is left out with its branch' : 'they are left out with their branches'}.` : nothing}</p>
    <section aria-label="What is drawn">${checkbox('ends before and after', ends, (next) => panel.setViewOptions({ ends: next }))}</section>
    ${ends
      ? html`${legend([['curve', 'redrawn skeleton'], ['before', 'skeleton in the patch, before'], ['patch', 'cell']])}
        <p class="keys">
          <span><svg class="key" viewBox="0 0 22 12" aria-hidden="true"><circle class="end-before" cx="11" cy="6" r="4"></circle></svg>end before</span>
          <span><svg class="key" viewBox="0 0 22 12" aria-hidden="true"><path class="end-after" d="M11 1L16 6L11 11L6 6Z"></path></svg>end after</span>
          ${removed.length > 0 ? html`<span><svg class="key" viewBox="0 0 22 12" aria-hidden="true"><path class="left-out" d="M7 2l8 8M15 2l-8 8"></path></svg>left out</span>` : nothing}
        </p>`
      : nothing}`;
}

function legend(entries: readonly (readonly [look: string, label: string])[]): TemplateResult {
  return html`<p class="keys">${entries.map(([look, label]) => html`<span><svg class="key" aria-hidden="true"><path class=${look} d="M0 6h22"></path></svg>${label}</span>`)}</p>`;
}

function onEnter(action: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    action();
  };
}
