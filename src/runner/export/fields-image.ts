/* The phases of an image and the fields of its virtual test as arrays of a VTK image. */
import { pixelFields, type FieldSolver, type Image2D, type LoadCaseFields } from '#engine/api';
import { loadCasesOf, type ExportedTest } from './load-cases';
import { vtkImage, type VtkArray } from './vtk-image';

/**
 * The text of a `.vti` file: cell data `phase` (1 white, 0 black), and for each load case, such as
 * `compression_x`, point data `…_displacement` and cell data `…_strain`, `…_stress`,
 * `…_energy_density`. The solver must be of the test's phases, kind and plane.
 */
export function fieldsImage(image: Image2D<'binary'>, test: ExportedTest, solver: FieldSolver, comment: string): string {
  const n = image.width;
  const wanted = loadCasesOf(test);
  const loadCases = solver.solve(image).loadCases.filter(({ name }) => wanted.includes(name));
  const units = 'Lengths and displacements are shares of the edge, stress and energy density in Pa, all for a unit strain or for 1 K.';
  return vtkImage(
    n,
    `${comment} ${units}`,
    loadCases.map((fields) => displacements(n, fields)),
    [{ name: 'phase', values: fromBottom(image.data, n, 1) }, ...loadCases.flatMap((fields) => cellArrays(image, test, fields))],
  );
}

function displacements(n: number, { name, displacement }: LoadCaseFields): VtkArray {
  const values = new Float64Array(3 * (n + 1) ** 2);
  for (let node = 0; node < (n + 1) ** 2; node++) {
    values[3 * node] = displacement[2 * node]!;
    values[3 * node + 1] = displacement[2 * node + 1]!;
  }
  return { name: `${prefix(name)}_displacement`, values, components: ['x', 'y', 'z'] };
}

function cellArrays(image: Image2D<'binary'>, { phases, plane }: ExportedTest, fields: LoadCaseFields): VtkArray[] {
  const n = image.width;
  const { strain, stress } = pixelFields(image, fields, phases, plane);
  const name = prefix(fields.name);
  return [
    { name: `${name}_strain`, values: fromBottom(strain, n, 3), components: ['11', '22', 'engineering 12'] },
    { name: `${name}_stress`, values: fromBottom(stress, n, 3), components: ['11', '22', '12'] },
    { name: `${name}_energy_density`, values: fromBottom(fields.energyDensity, n, 1) },
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
