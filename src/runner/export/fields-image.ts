/* The phases of an image and the fields of its virtual test as arrays of a VTK image. */
import { isVoid, pixelFields, type Image2D, type LoadCaseFields } from '#engine/api';
import { loadCasesOf, type ExportedTest } from './load-cases';
import { vtkImage, type VtkArray } from './vtk-image';

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
