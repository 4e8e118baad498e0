/* The skeleton panel: from an image to a cell, step by step. */
import { html, type TemplateResult } from 'lit';
import { armOf, firstDesign, gallerySection } from '#media/shared/gallery';
import { startPanel } from '#media/shared/start-panel';
import { previewSection } from '#media/shared/preview';
import { initialChoice, type SkeletonPanel } from './choice';
import { stepDetail, stepStrip } from './steps';
import './skeleton.css';

startPanel({ name: 'skeleton', title: 'Skeleton', choice: initialChoice, stage: 'validate', follows: 'stages', draw });

function draw(panel: SkeletonPanel): TemplateResult | undefined {
  const result = panel.content('result', {});
  if (!result) return undefined;
  const place = panel.place ?? firstDesign(result);
  const arm = armOf(result, place.arm);
  const design = arm?.designs[place.rank - 1];
  const view = panel.latest('skeleton', place);
  if (!view || !arm || !design) return design ? undefined : html`<p class="placeholder">There is no such design.</p>${gallerySection(panel, result, place)}`;
  return html`${previewSection(panel, result, design.origin.image)}
    <article aria-label=${`How ${design.name} came about`}>
      ${stepStrip(panel, view, arm)}
      ${stepDetail(panel, view, arm, design)}
    </article>
    ${gallerySection(panel, result, place)}`;
}
