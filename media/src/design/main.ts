/* The design panel: one design large, and all of them small. */
import { html, type TemplateResult } from 'lit';
import { type ArmView, imageOfOrigin } from '#protocol/result';
import { armOf, firstDesign, galleryImages, gallerySection } from '#media/shared/gallery';
import { startPanel } from '#media/shared/start-panel';
import { previewSection } from '#media/shared/preview';
import { comparisons, constraintTable, heading, origin, polarSection, testTables } from './facts';
import { type DesignPanel, initialViewOptions, imageSection } from './cell-image';
import { saveBar } from './save';
import './design.css';

startPanel({ name: 'design', title: 'Designs', viewOptions: initialViewOptions, stage: 'validate', follows: 'stages', render });

function render(panel: DesignPanel): TemplateResult | undefined {
  const result = panel.content('result', {});
  if (!result) return undefined;
  const place = panel.place ?? firstDesign(result);
  const arm = armOf(result, place.arm);
  const design = arm?.designs[place.rank - 1];
  const gallery = gallerySection(panel, result, place);
  if (!design) return html`${previewSection(panel, result, undefined)}${noDesign(arm)}${gallery}`;
  const images = galleryImages(panel, place.arm, arm!.designs.length);
  const image = images.get(place.rank);
  return html`${previewSection(panel, result, imageOfOrigin(design.origin))}
    <article class="design" aria-label=${design.name}>
      <div class="pictures">${imageSection(panel, design, image)}</div>
      <div class="facts">
        ${heading(design, result)}
        ${comparisons(design, result)}
        ${testTables(design, result)}
        ${constraintTable(design, result)}
      </div>
      <div class="moduli">${polarSection(panel, design)}</div>
      <div class="more">${origin(panel, result, design)}${image ? saveBar(panel, design, image) : undefined}</div>
    </article>
    ${gallery}`;
}

function noDesign(arm: ArmView | undefined): TemplateResult {
  const what = arm ? `No ${arm.look.source} gave a design.` : 'This run does not have this arm.';
  return html`<section class="placeholder"><p class="heading">${what}</p><p>Lower the threshold, or look at an earlier layer: more and larger regions are tried.</p></section>`;
}
