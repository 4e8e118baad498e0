/* Numbers of files as typed arrays: booleans, integers and IEEE 754 floats of 2 to 8 bytes in both byte orders. */

export interface ElementType {
  readonly kind: 'bool' | 'int' | 'uint' | 'float';
  readonly bytes: 1 | 2 | 4 | 8;
  readonly littleEndian: boolean;
}

/** Exact but for integers beyond 2⁵³. Booleans are 0 and 1. */
export type Elements = Uint8Array | Uint16Array | Float32Array | Float64Array;

/** NumPy's name: `float64`. */
export function elementTypeName({ kind, bytes }: ElementType): string {
  return kind === 'bool' ? 'bool' : `${kind}${8 * bytes}`;
}

/** Zeros of the smallest type that represents all values. */
export function allocateElements({ kind, bytes }: ElementType, count: number): Elements {
  if (kind === 'bool' || (kind === 'uint' && bytes === 1)) return new Uint8Array(count);
  if (kind === 'uint' && bytes === 2) return new Uint16Array(count);
  return bytes <= 2 || (kind === 'float' && bytes === 4) ? new Float32Array(count) : new Float64Array(count);
}

/** All whole elements of `bytes`, a copy. */
export function decodeElements(bytes: Uint8Array, type: ElementType): Elements {
  const elements = allocateElements(type, Math.floor(bytes.length / type.bytes));
  if (type.kind === 'bool') for (let i = 0; i < elements.length; i++) elements[i] = bytes[i] === 0 ? 0 : 1;
  else if (elements instanceof Uint8Array) elements.set(bytes);
  else fill(elements, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), type);
  return elements;
}

function fill(elements: Elements, view: DataView, { kind, bytes, littleEndian }: ElementType): void {
  const read = readers[`${kind}${bytes}`]!;
  for (let i = 0; i < elements.length; i++) elements[i] = read(view, i * bytes, littleEndian);
}

const readers: Readonly<Record<string, (view: DataView, at: number, littleEndian: boolean) => number>> = {
  int1: (view, at) => view.getInt8(at),
  int2: (view, at, little) => view.getInt16(at, little),
  int4: (view, at, little) => view.getInt32(at, little),
  int8: (view, at, little) => Number(view.getBigInt64(at, little)),
  uint2: (view, at, little) => view.getUint16(at, little),
  uint4: (view, at, little) => view.getUint32(at, little),
  uint8: (view, at, little) => Number(view.getBigUint64(at, little)),
  float2: (view, at, little) => half(view.getUint16(at, little)),
  float4: (view, at, little) => view.getFloat32(at, little),
  float8: (view, at, little) => view.getFloat64(at, little),
};

/** IEEE 754 half precision: 1 sign, 5 exponent and 10 fraction bits. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
