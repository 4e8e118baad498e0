/* The first images of a database of files, while no run has tested them. */
import { html, type TemplateResult } from 'lit';
import { counted, percentText } from '#display/numbers';
import { findingText } from '#domain/finding';
import { drawPixels, imagesOf, paint, phaseColoring } from '#media/shared/images';
import type { FileImagesPreview } from '#protocol/views/image-file-views';
import type { DatabasePanel } from './viewport';

/** Images that are requested. */
const most = 48;

/** Sizes of pictures that are named. */
const mostSizes = 3;

/** Undefined where the points of a run may come, and for databases of random images. */
export function fileImages(panel: DatabasePanel): TemplateResult | undefined {
  if (!panel.replies().some(({ kind }) => kind === 'waiting')) return undefined;
  const preview = panel.content('fileImages', { count: most })?.preview;
  return preview && page(preview);
}

function page({ files, sizes, first, all, findings }: FileImagesPreview): TemplateResult {
  const images = first ? imagesOf(first.images) : [];
  const known = all ?? first;
  const items = images.map((image, i) => {
    const white = percentText(first!.fractions[i]!);
    const label = `Image ${i}, ${white} white`;
    return html`<div role="listitem" class="thumbnail" aria-label=${label} title=${label}><canvas ${paint((canvas) => drawPixels(canvas, image, phaseColoring(image)), [image])}></canvas><span>${white}</span></div>`;
  });
  return html`<article class="database-files">
    <header>
      <p class="muted">from ${counted(files, 'file')}${sizesText(sizes)}</p>
      <h1>${all ? counted(all.count, 'image') : first ? `The first ${first.count} images` : 'No image can be used'}</h1>
      ${known ? html`<p>${percentText(known.fraction.lower)} to ${percentText(known.fraction.upper)} white; the images ${known.periodic ? 'repeat' : 'do not repeat'}. Properties appear when a run has tested them: press Generate above the database.</p>` : undefined}
    </header>
    ${findings.map((finding) => html`<p class="notice ${finding.severity === 'error' ? 'failed' : finding.severity}" role="status">${findingText(finding)}</p>`)}
    <section class="gallery"><div class="thumbnails" role="list" aria-label="The first images">${items}</div></section>
  </article>`;
}

/** `, pictures of 128 × 120 pixels`. */
function sizesText(sizes: FileImagesPreview['sizes']): string {
  if (sizes.length === 0) return '';
  const named = sizes.slice(0, mostSizes).map(({ width, height }) => `${width} × ${height}`).join(', ');
  const others = sizes.length - mostSizes;
  return `, pictures of ${named} pixels${others > 0 ? ` and ${counted(others, 'other size')}` : ''}`;
}
