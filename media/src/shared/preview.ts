/* The preview of the edited document, before anything is saved or run. */
import { html, nothing, type TemplateResult } from 'lit';
import { findingText } from '#domain/finding';
import type { PreviewView } from '#protocol/preview';
import type { ObjectiveView } from '#protocol/result';
import { skeletonColor } from '#display/colors';
import { counted, quantityText } from '#display/numbers';
import { type Coloring, drawPixels, fadedColoring, imagesOf, paint, phaseColoring, type Pixels } from './images';
import type { Panel } from './panel';
import { staleFromOf } from './queries';

/** Designs that are shown. */
const shown = 6;

/** The best designs of the image that the panel shows, by the edited document, or why there are none. */
export function previewSection(panel: Pick<Panel, 'previewOf' | 'replies'>, { objective }: { readonly objective: ObjectiveView }, image: number | undefined): TemplateResult | typeof nothing {
  // By the edited document the database has other images.
  if (staleFromOf(panel.replies())?.stage === 'generate') return nothing;
  const preview = panel.previewOf(image);
  // What needs a run is said by the notice that the file has changed.
  if (preview?.kind !== 'designs' && preview?.kind !== 'refused') return nothing;
  return html`<section class="preview" aria-label="Preview of the edited file" aria-live="polite">
    ${preview.kind === 'designs' ? designs(preview, objective) : html`<h2>As the file is now</h2>${preview.findings.map((finding) => html`<p>${findingText(finding)}</p>`)}`}
  </section>`;
}

function designs(preview: PreviewView, objective: ObjectiveView): TemplateResult {
  const cells = imagesOf(preview.images);
  const skeletons = preview.skeletons ? imagesOf(preview.skeletons) : [];
  const refused = preview.refusals.reduce((sum, { count }) => sum + count, 0);
  const best = preview.designs[0];
  return html`<header class="bar"><h2>As the file is now</h2>
      <small>${best ? `image ${preview.image}: ${counted(preview.designs.length, 'design')}${refused > 0 ? `, ${counted(refused, 'patch', 'patches')} refused` : ''}, best ${objective.symbol} ${quantityText(objective, best.objectiveValue)}${best.limit ? `, ${best.limit.percent.toFixed(1)} % of the limit` : ''}` : `image ${preview.image}: no patch gives a design`}</small>
    </header>
    <div class="cells">${preview.designs.slice(0, shown).map((design, i) => html`<figure>
      ${cellFigure(`Previewed cell ${i + 1} with its skeleton`, cells[i]!, skeletonColoring(cells[i]!, skeletons[i]))}
      <figcaption>${quantityText(objective, design.objectiveValue)}${design.feasible ? '' : ' ✗'}</figcaption>
    </figure>`)}</div>
    ${preview.refusals.length === 0 ? nothing : html`<ul class="refusals muted">${preview.refusals.map(({ message, count }) => html`<li>${count} ×: ${message}</li>`)}</ul>`}`;
}

function cellFigure(label: string, image: Pixels, coloring: Coloring): TemplateResult {
  return html`<canvas class="pixels" role="img" aria-label=${label} ${paint((canvas) => drawPixels(canvas, image, coloring), [image])}></canvas>`;
}

/** The cell, with its skeleton if there is one. */
function skeletonColoring(cell: Pixels, skeleton: Pixels | undefined): Coloring {
  if (!skeleton) return phaseColoring(cell);
  const ground = fadedColoring(cell);
  return (pixels, to, p) => {
    ground(pixels, to, p);
    if (skeleton.data[p] === 1) pixels.set(skeletonColor, to);
  };
}
