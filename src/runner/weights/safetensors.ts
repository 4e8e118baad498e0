/*
 * The safetensors format (huggingface.co/docs/safetensors): a little-endian uint64 with the length of a
 * JSON header, the header, and the numbers of all arrays end to end. The header names each array with
 * its type, shape and place; `__metadata__` holds texts. Nothing in such a file can be run.
 */
import { failure, success, type Result } from '#domain/finding';
import { ensure, type NamedTensor, type UnreadTensor } from '#engine/api';
import { readHeader } from './safetensors-header';

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
 * The arrays of a file; those of floating-point numbers have them as float32, the others only say their type.
 * `name` is how messages call the file. Finding: `weights-unreadable`.
 */
export function decodeSafetensors(bytes: Uint8Array, name: string): Result<readonly (NamedTensor | UnreadTensor)[]> {
  const header = readHeader(bytes);
  if (!header.ok) {
    return failure('weights-unreadable', `${name} cannot be read as weights: ${header.reason}.`, 'Name a safetensors file; files of torch.save are converted by save_file of the Python package safetensors.');
  }
  // Not a Buffer, whose slices are no copies.
  const data = new Uint8Array(bytes.buffer, bytes.byteOffset + header.begin, bytes.length - header.begin);
  return success(
    header.entries.map(({ name: array, dtype, shape, data_offsets: [begin, end] }) => {
      const read = floatTypes.get(dtype);
      return read === undefined ? { name: array, shape, type: dtype } : { name: array, shape, values: read(data.slice(begin, end)) };
    }),
  );
}

/** How each type of floating-point numbers becomes float32, from bytes that begin an array buffer. */
const floatTypes: ReadonlyMap<string, (bytes: Uint8Array) => Float32Array> = new Map([
  ['F64', ({ buffer }) => Float32Array.from(new Float64Array(buffer))],
  ['F32', ({ buffer }) => new Float32Array(buffer)],
  ['F16', ({ buffer }) => Float32Array.from(new Uint16Array(buffer), halfPrecision)],
  // The upper half of a float32.
  ['BF16', ({ buffer }) => new Float32Array(Uint32Array.from(new Uint16Array(buffer), (bits) => bits << 16).buffer)],
]);

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
