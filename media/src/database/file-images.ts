/* The first images of a database of files, while no run has tested them. */
import { html, type TemplateResult } from 'lit';
import { counted, percentText } from '#display/numbers';
import { findingText } from '#domain/finding';
import { thumbnails } from '#media/shared/gallery';
import { imagesOf } from '#media/shared/images';
import type { FileImagesPreview } from '#protocol/views/image-file-views';
import type { DatabasePanel } from './viewport';

/** Images that are requested. */
const most = 48;

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
    return { key: i, image, caption: white, label: `Image ${i}, ${white} white` };
  });
  return html`<article class="database-files">
    <header>
      <p class="muted">from ${counted(files, 'file')}${sizes.length > 0 ? `, pictures of ${sizes.map(({ width, height }) => `${width} × ${height}`).join(', ')} pixels` : ''}</p>
      <h1>${all ? counted(all.count, 'image') : first ? `The first ${first.count} images` : 'No image can be used'}</h1>
      ${known ? html`<p>${percentText(known.fraction.lower)} to ${percentText(known.fraction.upper)} white; the images ${known.periodic ? 'repeat' : 'do not repeat'}. Properties appear when a run has tested them: press Generate above the database.</p>` : undefined}
    </header>
    ${findings.map((finding) => html`<p class="notice ${finding.severity === 'error' ? 'failed' : ''}" role="status">${findingText(finding)}</p>`)}
    <section class="gallery" aria-label="The first images">${thumbnails('The first images', items, -1, () => {})}</section>
  </article>`;
}
