/* What a run folder has of a case, as tables: its database, maps of exceptional images and, when the case is done, the designs of its arms. */
import { imageKinds } from '#domain/microstructures';
import type { Property } from '#domain/objective';
import { assembleCaseResult, type CaseResult, type SharedValues, type StoredCase, type VirtualTestResult } from '#engine/api';
import { libraryVersions } from '#runner/machine';
import { designTable, testTable } from '#runner/report/tables';
import { columnsOfRows, type CaseData, type DataColumn, type DataTable } from './data-table';

/** Tables that have rows; none where the store has not even the images. `specification` is the file's name for the provenance. */
export function caseData(stored: StoredCase, specification: string): CaseData {
  const images = stored.read('images');
  const tests = stored.read('tests');
  const outliers = stored.read('outliers');
  const regions = stored.read('regions');
  const result = images && assembleCaseResult(stored.problem, stored.readAll(), { stages: [], secondsOf: () => 0 }, 0);
  const tables = [
    ...(images ? [databaseTable(images, tests, outliers)] : []),
    ...(regions ? [mapsTable(regions, stored)] : []),
    ...(result ? result.arms.map(({ name }) => designsTable(result, name)) : []),
  ];
  return { tables: tables.filter(({ rows }) => rows > 0), provenance: provenanceOf(stored, specification) };
}

function databaseTable({ images, families: codes, volumeFractions, sources }: SharedValues['images'], tests: readonly VirtualTestResult[] | undefined, outliers: Int32Array | undefined): DataTable {
  const exceptional = outliers && new Set(outliers);
  return {
    name: 'database',
    rows: images.count,
    images: { name: 'images', description: 'Microstructures of the database', batch: images },
    columns: [
      { name: 'family', unit: '', values: Array.from(codes, (code) => imageKinds[code]!) },
      ...(sources ? sourceColumns(sources) : []),
      { name: 'volume_fraction', unit: '1', values: Float64Array.from(volumeFractions) },
      ...(exceptional ? [{ name: 'exceptional', unit: '', values: Array.from({ length: images.count }, (_, i) => exceptional.has(i)) }] : []),
      ...(tests ? [...columnsOfRows(testTable(tests), unitOf), ...stiffnessColumns(tests)] : []),
    ],
    arrays: [],
  };
}

/** Of images from files: the picture, and the square of it that became the image. */
function sourceColumns({ names, pictures, x, y, edges }: NonNullable<SharedValues['images']['sources']>): readonly DataColumn[] {
  return [
    { name: 'picture', unit: '', values: Array.from(pictures, (picture) => names[picture]!.replaceAll('"', '')) },
    ...([['picture_column_px', x], ['picture_row_px', y], ['picture_edge_px', edges]] as const).map(([name, values]) => ({ name, unit: 'px', values: Float64Array.from(values) })),
  ];
}

/** Upper triangle of the stiffness tensor; Voigt order 11, 22, 12, engineering shear. */
function stiffnessColumns(tests: readonly VirtualTestResult[]): readonly DataColumn[] {
  if (!tests.some(({ stiffness }) => stiffness)) return [];
  return (['11', '12', '13', '22', '23', '33'] as const).map((indices) => {
    const entry = 3 * (Number(indices[0]) - 1) + Number(indices[1]) - 1;
    return { name: `C${indices}_Pa`, unit: 'Pa', values: Float64Array.from(tests, ({ stiffness }) => stiffness?.[entry] ?? NaN) };
  });
}

function mapsTable(regions: SharedValues['regions'], { problem }: StoredCase): DataTable {
  const { directions, property } = problem.objective;
  const count = regions.images.length;
  return {
    name: 'maps',
    rows: count,
    columns: [{ name: 'image', unit: '1', values: Float64Array.from(regions.images) }],
    arrays: regions.layers.map(({ layer, nativeEdge, maps }) => ({
      name: layer,
      shape: [count, directions.length, nativeEdge, nativeEdge],
      values: maps,
      unit: '1',
      description: `Map of ${layer} before its negative values are cut off, of ${property} along ${directions.join(', ')}: images, directions, rows, columns. Column image is the index in the database`,
    })),
  };
}

function designsTable(result: CaseResult, arm: string): DataTable {
  const { cells } = result.arms.find(({ name }) => name === arm)!;
  const { property } = result.problem.objective;
  // The file of the pictures and the place in it are those of the run folder.
  const columns = columnsOfRows(designTable(result, arm), (name) => (/(objective|limit)_SI$/.test(name) ? units[property] : unitOf(name)));
  return {
    name: `designs/${arm}`,
    rows: cells.count,
    images: { name: 'cells', description: `Cells of the designs of the arm ${arm} by rank`, batch: cells },
    columns: columns.filter(({ name }) => !['arm', 'file', 'cells_file', 'cell_index'].includes(name)),
    arrays: [],
  };
}

const units: Readonly<Record<Property, string>> = { 'youngs-modulus': 'Pa', 'poisson-ratio': '1', 'thermal-expansion': '1/K' };

function unitOf(name: string): string {
  if (name.startsWith('measured: ')) return 'SI';
  return /_Pa$/.test(name) ? 'Pa' : /_per_K$/.test(name) ? '1/K' : /_px$/.test(name) ? 'px' : '';
}

function provenanceOf({ problem, keys }: StoredCase, specification: string): CaseData['provenance'] {
  return {
    program: `XDesign ${libraryVersions['xdesign']}`,
    specification,
    case: problem.name,
    test: problem.test,
    plane: problem.plane,
    settings: problem,
    keys: Object.fromEntries([...keys].map(([stage, { key }]) => [stage, key])),
  };
}
