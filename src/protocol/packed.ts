/* Images and columns of numbers in JSON: exact, small, and read without parsing digits. */

/** Binary images of one size. */
export interface PackedImages {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  /**
   * Base64. Row-major from the top left, 8 pixels per byte, most significant bit first, 1 = white; each image
   * starts on a new byte.
   */
  readonly bits: string;
}

const columnTypes = { u8: Uint8Array, i32: Int32Array, f32: Float32Array, f64: Float64Array } as const;
export type ColumnType = keyof typeof columnTypes;
export type ColumnValues = InstanceType<(typeof columnTypes)[ColumnType]>;

/** A column of numbers. NaN means not measured. */
export interface PackedColumn<T extends ColumnType = ColumnType> {
  readonly type: T;
  readonly length: number;
  /** Base64 of the numbers, little-endian. */
  readonly bytes: string;
}

/** Packs images whose bits are packed already. */
export function packImageBits(width: number, height: number, packed: Uint8Array): PackedImages {
  return { count: packed.length / bytesOf(width, height), width, height, bits: toBase64(packed) };
}

/** Packs one image of one byte per pixel. */
export function packImage(width: number, height: number, pixels: Uint8Array): PackedImages {
  const packed = new Uint8Array(bytesOf(width, height));
  for (let p = 0; p < width * height; p++) if (pixels[p] !== 0) packed[p >> 3]! |= 128 >> (p & 7);
  return packImageBits(width, height, packed);
}

/** All images, one byte per pixel (0 black, 1 white), one after another. */
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

/* Base64 (RFC 4648, section 4). It is written out because this layer knows neither Node nor a browser. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const pad = 61; // '='

const codeOf = Uint8Array.from(alphabet, (letter) => letter.charCodeAt(0));
const valueOf = new Uint8Array(128);
codeOf.forEach((code, value) => (valueOf[code] = value));

/** Characters that are converted at once: more arguments than this can exceed the stack of a JavaScript engine. */
const slice = 0x2000;

export function toBase64(bytes: Uint8Array): string {
  const letters = new Uint8Array(4 * Math.ceil(bytes.length / 3)).fill(pad);
  for (let from = 0, to = 0; from < bytes.length; from += 3, to += 4) {
    const left = bytes.length - from;
    const group = (bytes[from]! << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0);
    letters[to] = codeOf[group >> 18]!;
    letters[to + 1] = codeOf[(group >> 12) & 63]!;
    if (left > 1) letters[to + 2] = codeOf[(group >> 6) & 63]!;
    if (left > 2) letters[to + 3] = codeOf[group & 63]!;
  }
  let text = '';
  for (let from = 0; from < letters.length; from += slice) text += String.fromCharCode(...letters.subarray(from, from + slice));
  return text;
}

/** The bytes of a text that `toBase64` made. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  const value = (at: number): number => valueOf[text.charCodeAt(at)]!;
  for (let from = 0, to = 0; from < text.length; from += 4, to += 3) {
    const group = (value(from) << 18) | (value(from + 1) << 12) | (value(from + 2) << 6) | value(from + 3);
    bytes[to] = group >> 16;
    // A write beyond the end of the array does nothing: that is the padding.
    bytes[to + 1] = group >> 8;
    bytes[to + 2] = group;
  }
  return bytes;
}
