/* From image to design in four steps, for the best designs of each arm. */
import { designName } from '#display/arms';
import type { ArmSpec } from '#domain/arms';
import { fadedBlack, fadedWhite, heatColor, heatHex, skeletonColor } from '#display/colors';
import { mapText, regionText, regionMeaning } from '#display/maps';
import { counted, percentText } from '#display/numbers';
import { outlinePath, patchPath } from '#display/outlines';
import { displayOf, propertyText } from '#display/properties';
import { imageKinds } from '#domain/microstructures';
import { type CaseResult, type DesignResult, type DesignStrip, type Image2D, type PatchSource, unpackImage, volumeFraction } from '#engine/api';
import { type ArmInView, armsInView } from '../case-view';
import { type ColorImage, encodeBinaryPng, encodeColorPng, pngDataUri, tiled } from '../page/encode-png';
import { type Content, html, type Markup, rawMarkup } from '../page/html';
import { checkList } from './designs-section';

export function stripSection(result: CaseResult, id: string): Markup {
  const [own, ...others] = armsInView(result).map((inView) => ({ ...inView, strips: stripsOf(result, inView) }));
  if (own!.strips.length === 0 && others.every(({ strips }) => strips.length === 0)) return html``;
  return html`<section aria-labelledby="${id}-strips-title">
<h3 id="${id}-strips-title">From image to design</h3>
<p>An image of the database; the region that ${regionMeaning(result.problem.explain.method)}; the skeleton of its white phase in that region’s square;
the square’s skeleton ${own!.arm.spec.construct === 'graph' ? 'redrawn as a periodic cell' : 'mirrored into a periodic cell'} and thickened to the required volume fraction; the cell repeated.</p>
${heatLegend(id, result)}
${own!.strips}
${others.map(({ look, strips }) => (strips.length === 0 ? undefined : html`<h4>The best of ${look.called}, from ${look.sources}</h4>${strips}`))}
</section>`;
}

/** What became of the skeleton in the patch before it was thickened. */
const skeletonWords: Readonly<Record<ArmSpec['construct'], string>> = { mirror: 'mirrored skeleton', graph: 'redrawn skeleton', optimize: 'skeleton', unchanged: 'skeleton' };

function stripsOf(result: CaseResult, inView: ArmInView): Markup[] {
  return inView.arm.designs
    .flatMap((design, i) => (design.strip && design.source.kind === 'patch' ? [{ design, source: design.source, strip: design.strip, i }] : []))
    .slice(0, inView.look.strips)
    .map(({ design, source, strip, i }) => article(result, inView, design, source, strip, i));
}

function article(result: CaseResult, { arm, look }: ArmInView, design: DesignResult, source: PatchSource, strip: DesignStrip, i: number): Markup {
  const name = designName(look, i + 1);
  const family = imageKinds[source.family] ?? 'image';
  const patch = patchPath(source.patch, strip.image.width);
  const cell = unpackImage(arm.cells, i);
  return html`<article class="strip" aria-label="${name}">
<header><h4>${name}</h4>${headNumbers(result, design)}</header>
<ol class="steps">
${step(strip.explanation ? 'image' : look.source, `image ${source.image}, ${family}, ${percentText(volumeFraction(strip.image))} white${strip.explanation ? '' : `; patch ${counted(source.patch.edge, 'pixel')} wide`}`, pixelImage(`Random image ${source.image} of the family ${family}, the patch framed`, strip.image, binaryUri(strip.image), frame(patch)))}
${strip.explanation ? step('critical region', `${regionText(source)}, ${counted(source.patch.edge, 'pixel')} wide`, explanationImage(result, strip, patch)) : undefined}
${step('skeleton', 'thinned white phase', pixelImage('Skeleton of the white phase over the image, the patch framed', strip.image, colorUri(skeletonOverImage(strip.image, strip.skeleton)), frame(patch)))}
${step('design', strip.cellSkeleton ? `${skeletonWords[arm.spec.construct]}, thickened` : 'cell', pixelImage(`The designed cell ${name}${strip.cellSkeleton ? ' with its skeleton' : ''}`, cell, strip.cellSkeleton ? colorUri(skeletonOverImage(cell, strip.cellSkeleton)) : binaryUri(cell), undefined))}
${step('repeated', '3 × 3 cells', pixelImage(`Three by three cells of ${name}`, tiled(cell, 3), binaryUri(tiled(cell, 3)), undefined))}
</ol>
${checkList(design.constraints)}
</article>`;
}

function headNumbers({ problem: { objective } }: CaseResult, design: DesignResult): Markup {
  const { symbol } = displayOf(objective.property);
  const worst = objective.directions.length > 1 ? ' in the worse direction' : '';
  return html`<p><strong>${symbol} ${propertyText(objective.property, design.objectiveValue)}</strong>${worst}${design.limit ? html`, <strong>${design.limit.percent.toFixed(1)} %</strong> of the limit` : undefined}, ${percentText(design.volumeFraction)} white${design.beatsDatabase ? ', beats the database' : ''}${design.feasible ? '' : ', not feasible'}</p>`;
}

function step(title: string, caption: string, image: Markup): Markup {
  return html`<li><figure>${image}<figcaption><b>${title}</b><span>${caption}</span></figcaption></figure></li>`;
}

function explanationImage({ problem }: CaseResult, { image, explanation }: DesignStrip, patch: string): Markup {
  const { agreement, criticalRegion, layer, nativeResolution } = explanation!;
  const label = `${problem.explain.method === 'exact' ? 'Exact contributions' : 'Activation map'}, ${mapText(layer)}, ${nativeResolution} by ${nativeResolution}, over the image; the critical region is outlined, its patch framed`;
  return pixelImage(label, image, colorUri(heatOverImage(image, agreement)), html`${halo(outlinePath(criticalRegion))}${frame(patch)}`);
}

function pixelImage(label: string, { width, height }: Image2D<'binary'>, uri: string, overlay: Content): Markup {
  return html`<svg class="pixels" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}"><image href="${uri}" width="${width}" height="${height}"/>${overlay}</svg>`;
}

/** A bright line on a dark one is visible over black, white and heat. */
function halo(path: string): Markup {
  return rawMarkup(`<path class="halo" d="${path}"/><path class="outline" d="${path}"/>`);
}

function frame(path: string): Markup {
  return rawMarkup(`<path class="halo" d="${path}"/><path class="frame" d="${path}"/>`);
}

function binaryUri(image: Image2D<'binary'>): string {
  return pngDataUri(encodeBinaryPng(image));
}

function colorUri(image: Parameters<typeof encodeColorPng>[0]): string {
  return pngDataUri(encodeColorPng(image));
}

function heatLegend(id: string, { problem: { explain: { method } } }: CaseResult): Markup {
  const stops = Array.from({ length: 9 }, (_, i) => html`<stop offset="${i / 8}" stop-color="${heatHex(i / 8)}"/>`);
  return html`<div class="heat-legend">
<svg viewBox="0 0 240 34" width="240" height="34" role="img" aria-label="Heat map colors from 0, dark, to 1, bright"><defs><linearGradient id="${id}-heat">${stops}</linearGradient></defs><rect width="240" height="14" fill="url(#${id}-heat)"/><text x="0" y="30">0</text><text x="120" y="30" text-anchor="middle">0.5</text><text x="240" y="30" text-anchor="end">1</text></svg>
<p>Heat: the agreement of the directions’ ${method === 'exact' ? 'maps of exact contributions, by finite elements and without a network' : 'activation maps'}, relative to their maximum. <span class="key outline-key"></span> critical region <span class="key frame-key"></span> patch <span class="key skeleton-key"></span> skeleton</p>
</div>`;
}

/** Steps of the heat map's colors: more steps look the same and make the page larger. */
const heatLevels = 24;
/** The share of a pixel's own gray in its color. */
const phaseShare = 0.3;

/** Heat in [0, 1] in the colors of `inferno`, over the image's phases. */
export function heatOverImage(image: Image2D<'binary'>, heat: Image2D<'heat'>): ColorImage {
  return paint(image, (p, phase) => {
    const share = Math.round(heat.data[p]! * (heatLevels - 1)) / (heatLevels - 1);
    return heatColor(share).map((part) => Math.round(part * (1 - phaseShare) + 255 * phase * phaseShare));
  });
}

/** The skeleton in color over the faded image. */
function skeletonOverImage(image: Image2D<'binary'>, skeleton: Image2D<'binary'>): ColorImage {
  return paint(image, (p, phase) => (skeleton.data[p] === 1 ? skeletonColor : phase === 1 ? fadedWhite : fadedBlack));
}

function paint(image: Image2D<'binary'>, colorOf: (p: number, phase: number) => readonly number[]): ColorImage {
  const data = new Uint8Array(3 * image.data.length);
  for (let p = 0; p < image.data.length; p++) data.set(colorOf(p, image.data[p]!), 3 * p);
  return { width: image.width, height: image.height, data };
}
