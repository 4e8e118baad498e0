/*
 * Arrays over a square raster as a VTK ImageData file (.vti), serial XML, version 1.0: inline base64,
 * each array behind its length in bytes as a 64-bit number, not compressed. So the file is XML that any
 * parser reads (raw appended data would not be). Format: the VTK User's Guide, chapter "VTK File
 * Formats", https://docs.vtk.org/en/latest/design_documents/VTKFileFormats.html.
 */
import { BugError, ensure } from '#engine/api';

/** One named array; values in the order of VTK: x fastest, from the bottom left, components together. */
export interface VtkArray {
  readonly name: string;
  readonly values: Float64Array | Uint8Array;
  /** What each component is, as ParaView shows it; one for a plain number. */
  readonly components?: readonly string[];
}

/** The text of a file with `resolution`² cells on a square of edge 1 with the origin at the bottom left. */
export function vtkImage(resolution: number, comment: string, points: readonly VtkArray[], cells: readonly VtkArray[]): string {
  const extent = `0 ${resolution} 0 ${resolution} 0 0`;
  const spacing = String(1 / resolution);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<!-- ${commentText(comment)} -->`,
    '<VTKFile type="ImageData" version="1.0" byte_order="LittleEndian" header_type="UInt64">',
    `  <ImageData WholeExtent="${extent}" Origin="0 0 0" Spacing="${spacing} ${spacing} ${spacing}">`,
    `    <Piece Extent="${extent}">`,
    '      <PointData>',
    ...points.map((array) => dataArray(array, (resolution + 1) ** 2)),
    '      </PointData>',
    '      <CellData Scalars="phase">',
    ...cells.map((array) => dataArray(array, resolution ** 2)),
    '      </CellData>',
    '    </Piece>',
    '  </ImageData>',
    '</VTKFile>',
    '',
  ].join('\n');
}

function dataArray({ name, values, components = [] }: VtkArray, count: number): string {
  const width = Math.max(1, components.length);
  ensure(values.length === width * count, `array ${name} has ${values.length} values instead of ${width} × ${count}`);
  if (!/^\w+$/.test(name)) throw new BugError(`array name ${name}`);
  const type = values instanceof Uint8Array ? 'UInt8' : 'Float64';
  const names = components.map((component, c) => ` ComponentName${c}="${component}"`).join('');
  return `        <DataArray type="${type}" Name="${name}" NumberOfComponents="${width}"${names} format="binary">${encode(values)}</DataArray>`;
}

/** Length in bytes and little-endian values, base64 in one stream. */
function encode(values: Float64Array | Uint8Array): string {
  const bytes = Buffer.alloc(8 + values.byteLength);
  bytes.writeBigUInt64LE(BigInt(values.byteLength), 0);
  if (values instanceof Uint8Array) bytes.set(values, 8);
  else values.forEach((value, i) => bytes.writeDoubleLE(value, 8 + 8 * i));
  return bytes.toString('base64');
}

/** A text as XML 1.0 takes it within a comment: without two hyphens in a row and without control characters. */
function commentText(text: string): string {
  return text.replaceAll(/-(?=-)/g, '- ').replaceAll(/[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '?');
}
