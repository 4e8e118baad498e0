/*
 * A design as a file: drawn here from its pixels, or computed by the server. Outlines and solids are those of
 * `xdesign export --svg --stl`, in a size of the panel's own; slicers scale them.
 */
import { html, type TemplateResult } from 'lit';
import { stlOfCells, svgOfCells } from '#display/cells-for-printing';
import { button } from '#media/shared/controls';
import type { Drawing, Pixels } from '#media/shared/images';
import { toBase64 } from '#protocol/packed';
import type { DrawnFormat } from '#protocol/panel-messages';
import type { RankedDesign } from '#protocol/result';
import type { ComputedFormat } from '#protocol/views/design-views';
import { type DesignPanel, shownImage } from './cell-image';

/** Millimeters: edge of one cell, and height of the solid. */
const cellEdge = 10;
const thickness = 1;

const drawn: readonly { readonly format: DrawnFormat; readonly label: string; readonly title: string }[] = [
  { format: 'png', label: 'PNG', title: 'Save the image as it is shown' },
  { format: 'svg', label: 'SVG', title: `Save the outlines of the white phase: cells of ${cellEdge} mm` },
  { format: 'stl', label: 'STL', title: `Save the white phase as a solid: cells of ${cellEdge} mm, ${thickness} mm high` },
];

const computed: readonly { readonly format: ComputedFormat; readonly label: string; readonly title: string }[] = [
  { format: 'abaqus', label: 'Abaqus', title: 'Save the virtual test as an Abaqus input file' },
  { format: 'vti', label: 'VTI', title: 'Save the fields of the virtual test for ParaView' },
  { format: 'csv', label: 'CSV', title: 'Save the numbers of all designs as a table' },
];

export function saveBar(panel: DesignPanel, design: RankedDesign, image: Pixels): TemplateResult {
  const { arm, rank } = design;
  const { tiles, draw } = shownImage(panel, design, image);
  const save = (format: DrawnFormat): void => {
    void fileOf(format, draw, image, tiles).then((bytes) => panel.post({ type: 'save', format, arm, rank, bytes: toBase64(bytes) }));
  };
  return html`<section class="save" aria-label="Save the design">
    <h2>Save</h2>
    <div class="bar">
      ${drawn.map(({ format, label, title }) => button(label, () => save(format), { title }))}
      ${computed.map(({ format, label, title }) => button(label, () => panel.post({ type: 'save', format, arm, rank }), { title }))}
      ${button('Data…', () => panel.post({ type: 'exportData' }), { title: 'Export images, maps and designs of the case as NPZ, HDF5, Parquet or CSV' })}
    </div>
    <small>PNG saves the image as shown; SVG and STL save the white phase, ${tiles} × ${tiles}, undeformed.</small>
  </section>`;
}

/** The contents of a file: the image as `draw` shows it, or the white phase of `tiles` × `tiles` cells. */
export async function fileOf(format: DrawnFormat, draw: Drawing, cell: Pixels, tiles: number): Promise<Uint8Array> {
  const size = { edge: cellEdge, tiles: { columns: tiles, rows: tiles } };
  switch (format) {
    case 'png':
      return pngOf(draw);
    case 'svg':
      return new TextEncoder().encode(svgOfCells(cell, size));
    case 'stl':
      return stlOfCells(cell, { ...size, height: thickness });
  }
}

async function pngOf(draw: Drawing): Promise<Uint8Array> {
  const canvas = document.createElement('canvas');
  draw(canvas);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return new Uint8Array(await blob!.arrayBuffer());
}
