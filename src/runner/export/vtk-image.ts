/*
 * Arrays over a square raster as a VTK ImageData file (.vti), serial XML, version 1.0: inline base64,
 * each array behind its length in bytes as a 64-bit number, not compressed. So the file is XML that any
 * parser reads (raw appended data would not be). Format: the VTK User's Guide, chapter "VTK File
 * Formats", https://docs.vtk.org/en/latest/design_documents/VTKFileFormats.html.
 */
import { BugError, ensure, type Image2D, isVoid, type LoadCaseFields, pixelFields } from '#engine/api';
import { type ExportedTest, loadCasesOf } from './load-cases';

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

/* The phases of an image and the fields of its virtual test as arrays of a VTK image. */

/**
 * The text of a `.vti` file: cell data `phase` (1 white, 0 black), and for each load case, such as
 * `compression_x`, point data `…_displacement` and cell data `…_strain`, `…_stress`,
 * `…_energy_density`. In a void, and at nodes that touch no solid, all numbers are NaN. The fields must be of the image
 * and of the test's phases, kind and plane.
 */
export function fieldsImage(image: Image2D<'binary'>, test: ExportedTest, fields: readonly LoadCaseFields[], comment: string): string {
  const n = image.width;
  const wanted = loadCasesOf(test);
  const empty = [test.phases.black, test.phases.white].map(isVoid);
  const isSolid = Uint8Array.from(image.data, (phase) => (empty[phase] ? 0 : 1));
  const loadCases = fields.filter(({ name }) => wanted.includes(name));
  const units = 'Lengths and displacements are shares of the edge, stress and energy density in Pa, all for a unit strain or for 1 K.';
  return vtkImage(
    n,
    `${comment} ${units}`,
    loadCases.map((loadCase) => displacements(n, loadCase, nodesOf(isSolid, n))),
    [{ name: 'phase', values: fromBottom(image.data, n, 1) }, ...loadCases.flatMap((loadCase) => cellArrays(image, test, loadCase, isSolid))],
  );
}

/** 1 where a node touches a solid pixel; from the bottom left. */
function nodesOf(isSolid: Uint8Array, n: number): Uint8Array {
  const nodes = new Uint8Array((n + 1) ** 2);
  isSolid.forEach((solid, p) => {
    if (solid === 0) return;
    const corner = (n - 1 - Math.floor(p / n)) * (n + 1) + (p % n);
    for (const node of [corner, corner + 1, corner + n + 1, corner + n + 2]) nodes[node] = 1;
  });
  return nodes;
}

function displacements(n: number, { name, displacement }: LoadCaseFields, nodes: Uint8Array): VtkArray {
  const values = new Float64Array(3 * (n + 1) ** 2);
  for (let node = 0; node < (n + 1) ** 2; node++) {
    if (nodes[node] === 0) {
      values.fill(NaN, 3 * node, 3 * node + 3);
      continue;
    }
    values[3 * node] = displacement[2 * node]!;
    values[3 * node + 1] = displacement[2 * node + 1]!;
  }
  return { name: `${prefix(name)}_displacement`, values, components: ['x', 'y', 'z'] };
}

function cellArrays(image: Image2D<'binary'>, { phases, plane }: ExportedTest, fields: LoadCaseFields, isSolid: Uint8Array): VtkArray[] {
  const n = image.width;
  const { strain, stress } = pixelFields(image, fields, phases, plane);
  const name = prefix(fields.name);
  const known = (values: Float64Array, components: number): Float64Array =>
    fromBottom(values.map((value, i) => (isSolid[Math.floor(i / components)] === 1 ? value : NaN)), n, components);
  return [
    { name: `${name}_strain`, values: known(strain, 3), components: ['11', '22', 'engineering 12'] },
    { name: `${name}_stress`, values: known(stress, 3), components: ['11', '22', '12'] },
    { name: `${name}_energy_density`, values: known(fields.energyDensity, 1) },
  ];
}

const prefix = (loadCase: string): string => loadCase.replaceAll(' ', '_');

/** The rows in the order of VTK, which begins at the bottom. */
function fromBottom<Values extends Float64Array | Uint8Array>(values: Values, n: number, components: number): Values {
  const turned = values.slice() as Values;
  const row = n * components;
  for (let r = 0; r < n; r++) turned.set(values.subarray((n - 1 - r) * row, (n - r) * row), r * row);
  return turned;
}
