/* A design as a file: drawn here from its pixels, or computed by the server. */
import { html, type TemplateResult } from 'lit';
import { toBase64 } from '#protocol/packed';
import type { DrawnFormat } from '#protocol/panel-messages';
import type { ComputedFormat } from '#protocol/views/design-views';
import type { RankedDesign } from '#protocol/result';
import { button } from '#media/shared/controls';
import type { Picture } from '#media/shared/paint';
import { tiled, type Pixels } from '#media/shared/pixels';
import type { DesignPanel } from './choice';
import { shownPicture } from './picture';
import { stlOf } from './stl';
import { svgOf } from './svg';

/** Millimeters: edge of one cell, and thickness of the body. */
const cellEdge = 10;
const thickness = 1;

const drawn: readonly { readonly format: DrawnFormat; readonly label: string; readonly title: string }[] = [
  { format: 'png', label: 'PNG', title: 'Save the picture as it is shown' },
  { format: 'svg', label: 'SVG', title: 'Save the outlines of the white phase' },
  { format: 'stl', label: 'STL', title: `Save the white phase as a body: cells of ${cellEdge} mm, ${thickness} mm thick` },
];

const computed: readonly { readonly format: ComputedFormat; readonly label: string; readonly title: string }[] = [
  { format: 'abaqus', label: 'Abaqus', title: 'Save the virtual test as an Abaqus input file' },
  { format: 'vti', label: 'VTI', title: 'Save the fields of the virtual test for ParaView' },
  { format: 'csv', label: 'CSV', title: 'Save the numbers of all designs as a table' },
];

export function saveBar(panel: DesignPanel, design: RankedDesign, image: Pixels): TemplateResult {
  const { arm, rank } = design;
  const { tiles, draw } = shownPicture(panel, design, image);
  const save = (format: DrawnFormat): void => {
    void fileOf(format, draw, tiled(image, tiles), tiles).then((bytes) => panel.post({ type: 'save', format, arm, rank, bytes: toBase64(bytes) }));
  };
  return html`<section class="save" aria-label="Save the design">
    <h2>Save</h2>
    <div class="bar">
      ${drawn.map(({ format, label, title }) => button(label, () => save(format), { title }))}
      ${computed.map(({ format, label, title }) => button(label, () => panel.post({ type: 'save', format, arm, rank }), { title }))}
    </div>
    <small>PNG saves the picture as shown; SVG and STL save the white phase, ${tiles} × ${tiles}, undeformed.</small>
  </section>`;
}

async function fileOf(format: DrawnFormat, picture: Picture, image: Pixels, tiles: number): Promise<Uint8Array> {
  switch (format) {
    case 'png':
      return pngOf(picture);
    case 'svg':
      return new TextEncoder().encode(svgOf(image));
    case 'stl':
      return stlOf(image, { width: cellEdge * tiles, thickness });
  }
}

async function pngOf(picture: Picture): Promise<Uint8Array> {
  const canvas = document.createElement('canvas');
  picture(canvas);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return new Uint8Array(await blob!.arrayBuffer());
}
