/*
 * The safetensors format (huggingface.co/docs/safetensors): a little-endian uint64 with the length of a
 * JSON header, the header, and the numbers of all arrays end to end. The header names each array with
 * its type, shape and place; `__metadata__` holds texts. Nothing in such a file can be run.
 */
import { ensure, failure, success, type NamedTensor, type Result } from '#engine/api';

/** The format's own limit. */
const longestHeader = 100_000_000;

/** Arrays of float32 in their order, and texts about them. */
export function encodeSafetensors(tensors: readonly NamedTensor[], metadata: Readonly<Record<string, string>>): Uint8Array {
  let offset = 0;
  const entries = tensors.map(({ name, shape, values }) => {
    ensure(values.length === sizeOf(shape), `${name} has as many numbers as its shape`);
    const begin = offset;
    offset += values.byteLength;
    return [name, { dtype: 'F32', shape, data_offsets: [begin, offset] }] as const;
  });
  const text = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) });
  const length = new TextEncoder().encode(text).length;
  // Blanks at the end of the header let the numbers begin at a multiple of 8.
  const header = new TextEncoder().encode(text + ' '.repeat((8 - (length % 8)) % 8));
  const bytes = new Uint8Array(8 + header.length + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  tensors.forEach(({ values }, i) => {
    const [begin] = entries[i]![1].data_offsets;
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), 8 + header.length + begin!);
  });
  return bytes;
}

/**
 * The arrays of floating-point numbers of a file, as float32; arrays of other types are left out.
 * `name` is how messages call the file. Finding: `weights-unreadable`.
 */
export function decodeSafetensors(bytes: Uint8Array, name: string): Result<readonly NamedTensor[]> {
  const reason = (text: string): Result<never> =>
    failure('weights-unreadable', `${name} cannot be read as weights: ${text}.`, 'Name a safetensors file; files of torch.save are converted by save_file of the Python package safetensors.');
  if (bytes.length < 8) return reason('it is no safetensors file');
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  if (length > longestHeader || bytes[8] !== '{'.charCodeAt(0)) return reason('it is no safetensors file');
  if (8 + length > bytes.length) return reason('its header is cut off');
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, 8 + length)));
  } catch {
    return reason('its header is damaged');
  }
  // Not a Buffer, whose slices are no copies.
  const data = new Uint8Array(bytes.buffer, bytes.byteOffset + 8 + length, bytes.length - 8 - length);
  const tensors: NamedTensor[] = [];
  for (const [array, entry] of Object.entries(header as object)) {
    if (array === '__metadata__') continue;
    if (!isEntry(entry)) return reason(`the entry of ${array} in its header is damaged`);
    const { dtype, shape, data_offsets: [begin, end] } = entry;
    const type = floatTypes[dtype];
    if (type === undefined) continue;
    if (end > data.length) return reason(`the numbers of ${array} are cut off`);
    if (end - begin !== type.bytes * sizeOf(shape)) return reason(`${array} has not as many numbers as its shape`);
    tensors.push({ name: array, shape, values: type.read(data.slice(begin, end)) });
  }
  return success(tensors);
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { dtype, shape, data_offsets: offsets } = value as Partial<Record<keyof Entry, unknown>>;
  const counts = (list: unknown): list is readonly number[] => Array.isArray(list) && list.every((each) => Number.isSafeInteger(each) && each >= 0);
  return typeof dtype === 'string' && counts(shape) && counts(offsets) && offsets.length === 2 && offsets[0]! <= offsets[1]!;
}

/** How the types of floating-point numbers are stored; `read` gets bytes that begin an array buffer. */
const floatTypes: Readonly<Record<string, { readonly bytes: number; readonly read: (bytes: Uint8Array) => Float32Array } | undefined>> = {
  F64: { bytes: 8, read: ({ buffer }) => Float32Array.from(new Float64Array(buffer)) },
  F32: { bytes: 4, read: ({ buffer }) => new Float32Array(buffer) },
  F16: { bytes: 2, read: ({ buffer }) => Float32Array.from(new Uint16Array(buffer), halfPrecision) },
  // The upper half of a float32.
  BF16: { bytes: 2, read: ({ buffer }) => new Float32Array(Uint32Array.from(new Uint16Array(buffer), (bits) => bits << 16).buffer) },
};

/** IEEE 754 binary16: 1 bit sign, 5 bits exponent, 10 bits fraction. */
function halfPrecision(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
