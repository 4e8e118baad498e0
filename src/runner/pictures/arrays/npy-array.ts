/*
 * Arrays of NumPy (NumPy Enhancement Proposal 1, format versions 1.0 to 3.0): a header in the notation of Python, read
 * by its three entries and never evaluated, and the numbers in C or Fortran order. Objects are pickles, programs of
 * Python's, and are not read.
 */
import { pictureDamaged, pictureUnsupported } from '../picture-findings';
import { product, rowsPerBlock, type ArrayRows } from './array-file';
import type { ByteReader } from './byte-reader';
import { allocateElements, decodeElements, elementTypeName, type Elements, type ElementType } from './element-types';
import { refuse } from './refused';

export interface NpyHeader {
  /** NumPy's notation: `<f8`. */
  readonly descr: string;
  /** Absent where the elements are not numbers that are read. */
  readonly type?: ElementType;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the numbers begin. */
  readonly start: number;
}

/** NumPy refuses longer headers as well. */
const longestHeader = 65_536;
/** Bytes of a block in C order, and in Fortran order, where a block takes a pass over the whole file. */
const blockBytes = 2 ** 23;
const fortranBlockBytes = 2 ** 26;

/** Stops with `picture-damaged`. */
export async function readNpyHeader(bytes: ByteReader, name: string): Promise<NpyHeader> {
  const damaged = (reason: string): never => refuse(pictureDamaged(name, reason));
  const prefix = await bytes.read(0, Math.min(12, bytes.length));
  if (!isNpy(prefix)) damaged('it does not begin as an NPY file');
  const version = prefix[6]!;
  if (version < 1 || version > 3) damaged(`its format version is ${version}`);
  const before = version === 1 ? 10 : 12;
  if (prefix.length < before) damaged('it ends too early');
  const length = version === 1 ? prefix[8]! + 256 * prefix[9]! : Buffer.from(prefix).readUInt32LE(8);
  if (length > longestHeader) damaged(`its header has ${length} bytes`);
  const text = Buffer.from(await bytes.read(before, length)).toString(version === 3 ? 'utf8' : 'latin1');
  const descr = /'descr'\s*:\s*('[^']*'|\[)/.exec(text)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(text)?.[1];
  if (descr === undefined || order === undefined || shape === undefined) return damaged('its header is not what NumPy writes');
  const numbers = shape.split(',').map((n) => n.trim().replace(/L$/, '')).filter((n) => n !== '').map(Number);
  const type = elementTypeOf(descr.slice(1, -1));
  if (!numbers.every(Number.isSafeInteger)) damaged('its header is not what NumPy writes');
  return { descr: descr === '[' ? 'records' : descr.slice(1, -1), ...(type && { type }), fortranOrder: order === 'True', shape: numbers, start: before + length };
}

export const isNpy = (bytes: Uint8Array): boolean => bytes.length >= 8 && Buffer.from(bytes.subarray(0, 6)).toString('latin1') === '\u0093NUMPY';

/** As findings name the type. */
export function npyTypeName({ type, descr }: NpyHeader): string {
  return type ? elementTypeName(type) : /^.[US]/.test(descr) ? 'text' : descr.includes('O') ? 'pickled objects' : descr;
}

/** The numbers after a header. Stops with `picture-unsupported` and `picture-damaged`. */
export function npyRows(bytes: ByteReader, header: NpyHeader, name: string): ArrayRows {
  const { type, shape, start, fortranOrder } = header;
  if (!type) return refuse(unsupportedType(header, name));
  const there = bytes.length - start;
  if (product(shape) * type.bytes > there) refuse(pictureDamaged(name, `its header announces ${product(shape) * type.bytes} bytes and ${there} are there`));
  const rowBytes = product(shape.slice(1)) * type.bytes;
  return {
    shape,
    type,
    block: rowsPerBlock(shape, type.bytes, fortranOrder ? fortranBlockBytes : blockBytes),
    async read(from, count) {
      return fortranOrder ? readFortran(bytes, header, type, from, count) : decodeElements(await bytes.read(start + from * rowBytes, count * rowBytes), type);
    },
  };
}

/** `<f8`: byte order, kind, bytes. */
function elementTypeOf(descr: string): ElementType | undefined {
  const [, order, kind, bytes] = /^([<>|=])([biuf])(1|2|4|8)$/.exec(descr) ?? [];
  if (kind === undefined || (kind === 'b' && bytes !== '1') || (kind === 'f' && bytes === '1')) return undefined;
  return { kind: kinds[kind]!, bytes: Number(bytes) as ElementType['bytes'], littleEndian: order !== '>' };
}

const kinds: Readonly<Record<string, ElementType['kind']>> = { b: 'bool', i: 'int', u: 'uint', f: 'float' };

function unsupportedType({ descr }: NpyHeader, name: string): ReturnType<typeof pictureUnsupported> {
  if (descr.includes('O')) return pictureUnsupported(name, 'it holds pickled Python objects, which can run code', 'Save the array with a numeric dtype: numpy.save("set.npy", array.astype("uint8")).');
  if (descr === 'records') return pictureUnsupported(name, 'its elements are records', 'Save each field as an array of its own: numpy.savez("set.npz", images=array["images"]).');
  return pictureUnsupported(name, `its elements have the type ${descr}`, 'Save the array with a numeric dtype: numpy.save("set.npy", array.astype("float64")).');
}

/**
 * Rows of an array in Fortran order, where the first axis runs fastest: element j of row n is number n + rows·j, and j
 * counts the other axes with the second one fastest.
 */
async function readFortran(bytes: ByteReader, { shape, start }: NpyHeader, type: ElementType, from: number, count: number): Promise<Elements> {
  const [rows = 1, ...rest] = shape;
  const size = product(rest);
  const elements = allocateElements(type, count * size);
  const positions = fortranPositions(rest);
  const runs = Math.max(1, Math.floor(blockBytes / (rows * type.bytes)));
  for (let j = 0; j < size; j += runs) {
    const some = Math.min(runs, size - j);
    const piece = decodeElements(await bytes.read(start + (rows * j + from) * type.bytes, ((some - 1) * rows + count) * type.bytes), type);
    for (let k = 0; k < some; k++) for (let n = 0; n < count; n++) elements[n * size + positions[j + k]!] = piece[k * rows + n]!;
  }
  return elements;
}

/** Where in C order the elements are that follow one another in Fortran order. */
function fortranPositions(shape: readonly number[]): Float64Array {
  const positions = new Float64Array(product(shape));
  for (let j = 0; j < positions.length; j++) {
    let rest = j;
    let stride = positions.length;
    for (const length of shape) {
      stride /= length;
      positions[j]! += (rest % length) * stride;
      rest = Math.floor(rest / length);
    }
  }
  return positions;
}
