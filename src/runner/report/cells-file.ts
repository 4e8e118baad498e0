/*
 * The cells of all designs of a case in one file for NumPy: NPZ, a ZIP file of one NPY array per arm (NumPy
 * Enhancement Proposal 1, format version 1.0). `numpy.load('cells.npz')['control'][0]` is the best cell of the control.
 */
import { Zip, ZipDeflate } from 'fflate';
import { unpackImage, type ArmResult } from '#engine/api';

export const cellsFileName = 'cells.npz';

/** What the file says of itself in a manifest. */
export const cellsLayout = 'For each arm an array of its name: uint8 of shape (designs, rows, columns), C order; 1 is white, 0 is black. Design i of the array has rank i + 1; row 0 is the top edge.';

/** Entries of a ZIP file have a time. This is the first that there is, so that equal cells give equal bytes. */
const noTime = new Date(1980, 0, 1);

/** Cells that are compressed at a time: 1 MB at 128 × 128 pixels. */
const chunk = 64;

/** Writes the file's bytes in pieces, arm after arm: all cells of a large database at once would take more memory than its training. */
export function writeCells(arms: readonly Pick<ArmResult, 'name' | 'cells'>[], write: (bytes: Uint8Array) => void): void {
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    write(bytes);
  });
  for (const { name, cells } of arms) {
    const { count, resolution } = cells;
    const file = new ZipDeflate(`${name}.npy`);
    file.mtime = noTime;
    zip.add(file);
    file.push(npyHeader([count, resolution, resolution]));
    for (let from = 0; from < count; from += chunk) {
      const size = resolution ** 2;
      const pixels = new Uint8Array(Math.min(chunk, count - from) * size);
      for (let i = 0; i * size < pixels.length; i++) pixels.set(unpackImage(cells, from + i).data, i * size);
      file.push(pixels);
    }
    file.push(new Uint8Array(), true);
  }
  zip.end();
}

/** Magic, version 1.0, and a dictionary of Python padded with blanks to a multiple of 64 bytes. `type` is NumPy's. */
export function npyHeader(shape: readonly number[], type = '|u1'): Uint8Array {
  const fields = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  const before = 10; // bytes: magic, version, length
  const length = Math.ceil((before + fields.length + 1) / 64) * 64 - before;
  return Uint8Array.from([0x93, ...Buffer.from('NUMPY'), 1, 0, length & 0xff, length >> 8, ...Buffer.from(`${fields.padEnd(length - 1)}\n`)]);
}
