/* Data as an export has them, small and with everything that a format may find hard: missing numbers, text beyond ASCII, a slash in a name. */
import { packImages } from '#engine/api';
import { columnsOfRows, type CaseData } from '#runner/export/data/data-table';
import { spottedImage } from '#test/support/spotted-image';

const count = 7;
const edge = 16;

export const exampleImages = Array.from({ length: count }, (_, i) => spottedImage(edge, i + 1));

const exampleMaps = Float32Array.from({ length: 3 * 2 * 4 * 4 }, (_, i) => (i - 40) / 7);

export const exportExample: CaseData = {
  provenance: { program: 'XDesign 0.0.0', specification: 'example.xdesign', case: 'Example', settings: { plane: 'plane stress', seed: 7 }, keys: { generate: '00ff' } },
  tables: [
    {
      name: 'database',
      rows: count,
      images: { name: 'images', description: 'Microstructures of the database', batch: packImages(exampleImages, edge) },
      columns: [
        { name: 'family', unit: '', values: ['fibers', 'particles', 'Zellen: "ü", 𝛼', '', 'cells', 'fibers', 'cells'] },
        { name: 'exceptional', unit: '', values: Array.from({ length: count }, (_, i) => i % 3 === 0) },
        { name: 'Ex_Pa', unit: 'Pa', values: Float64Array.from({ length: count }, (_, i) => (i === 4 ? NaN : 1e11 / (i + 3))) },
        ...columnsOfRows({ names: ['nuxy', 'measured: expansion < 1e-6 1/K', 'Gxy_Pa'], rows: Array.from({ length: count }, (_, i) => [i === 2 ? undefined : i / 7, i * 1e-7, NaN]) }, () => '1'),
      ],
      arrays: [],
    },
    {
      name: 'maps',
      rows: 3,
      columns: [{ name: 'image', unit: '1', values: Float64Array.of(0, 3, 6) }],
      arrays: [{ name: 'stage-2', shape: [3, 2, 4, 4], values: exampleMaps, unit: '1', description: 'Map of stage-2: images, directions, rows, columns' }],
    },
    {
      name: 'designs/control',
      rows: 2,
      images: { name: 'cells', description: 'Cells of the designs of the arm control by rank', batch: packImages(exampleImages.slice(0, 2), edge) },
      columns: [{ name: 'rank', unit: '1', values: Float64Array.of(1, 2) }],
      arrays: [],
    },
  ],
};
