/* Pictures and columns of numbers in JSON: exact, small, and read without parsing digits. */
import { fromBase64, toBase64 } from './base64';

/** Binary images of one size. */
export interface PackedImages {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  /**
   * Base64. Row-major from the top left, 8 pixels a byte, most significant bit first, 1 = white; each image
   * begins with a byte of its own.
   */
  readonly bits: string;
}

const columnTypes = { u8: Uint8Array, i32: Int32Array, f32: Float32Array, f64: Float64Array } as const;
export type ColumnType = keyof typeof columnTypes;
export type ColumnValues = InstanceType<(typeof columnTypes)[ColumnType]>;

/** A column of numbers. NaN stands for what was not measured. */
export interface PackedColumn<T extends ColumnType = ColumnType> {
  readonly type: T;
  readonly length: number;
  /** Base64 of the numbers, little-endian. */
  readonly bytes: string;
}

/** Images that are packed already, as bytes. */
export function packImageBits(width: number, height: number, packed: Uint8Array): PackedImages {
  return { count: packed.length / bytesOf(width, height), width, height, bits: toBase64(packed) };
}

/** One image of a byte a pixel. */
export function packImage(width: number, height: number, pixels: Uint8Array): PackedImages {
  const packed = new Uint8Array(bytesOf(width, height));
  for (let p = 0; p < width * height; p++) if (pixels[p] !== 0) packed[p >> 3]! |= 128 >> (p & 7);
  return packImageBits(width, height, packed);
}

/** All images, a byte a pixel (0 black, 1 white), one after another. */
export function unpackImages({ count, width, height, bits }: PackedImages): Uint8Array {
  const packed = fromBase64(bits);
  const stride = bytesOf(width, height);
  const pixels = new Uint8Array(count * width * height);
  for (let image = 0, to = 0; image < count; image++) {
    for (let p = 0; p < width * height; p++, to++) pixels[to] = (packed[image * stride + (p >> 3)]! >> (7 - (p & 7))) & 1;
  }
  return pixels;
}

export function packColumn<T extends ColumnType>(type: T, values: ArrayLike<number>): PackedColumn<T> {
  const { buffer } = columnTypes[type].from(values);
  return { type, length: values.length, bytes: toBase64(new Uint8Array(buffer)) };
}

export function unpackColumn<T extends ColumnType>({ type, bytes }: PackedColumn<T>): InstanceType<(typeof columnTypes)[T]> {
  return new columnTypes[type](fromBase64(bytes).buffer) as InstanceType<(typeof columnTypes)[T]>;
}

function bytesOf(width: number, height: number): number {
  return Math.ceil((width * height) / 8);
}
