/* The colors of a row of packed PNG samples. */
import { channelsOf, type PngChunks } from './png-chunks';

/** A pixel's color, samples from 0 to `largest`, and its alpha from 0, transparent, to `opaque`. */
export type ColorVisitor = (pixel: number, red: number, green: number, blue: number, alpha: number) => void;

/** Reads the colors of `count` pixels of a row; gray has red, green and blue alike. */
export interface ColorReader {
  /** The alpha of an opaque pixel. */
  readonly opaque: number;
  read(packed: Uint8Array, count: number, visit: ColorVisitor): void;
}

export function createColorReader({ header, palette, transparency }: PngChunks): ColorReader {
  const { bitDepth, colorType, width } = header;
  const channels = channelsOf[colorType];
  const values = new Uint16Array(width * channels);
  const largest = 2 ** bitDepth - 1;
  // The transparent color of an image without alpha: samples as wide as those of the image.
  const keyed = colorType !== 3 && transparency ? [0, 2, 4].map((place) => ((transparency[place] ?? 0) * 256 + (transparency[place + 1] ?? 0)) & largest) : undefined;
  const opaque = colorType === 3 ? 255 : largest;

  return {
    opaque,
    read(packed, count, visit) {
      unpack(packed, bitDepth, values, count * channels);
      for (let i = 0; i < count; i++) {
        const at = i * channels;
        const first = values[at]!;
        if (colorType === 3) {
          visit(i, palette![3 * first]!, palette![3 * first + 1]!, palette![3 * first + 2]!, transparency?.[first] ?? opaque);
        } else if (colorType === 0) {
          visit(i, first, first, first, keyed && keyed[0] === first ? 0 : opaque);
        } else if (colorType === 4) {
          visit(i, first, first, first, values[at + 1]!);
        } else {
          const [green, blue] = [values[at + 1]!, values[at + 2]!];
          const isKeyed = keyed && keyed[0] === first && keyed[1] === green && keyed[2] === blue;
          visit(i, first, green, blue, colorType === 6 ? values[at + 3]! : isKeyed ? 0 : opaque);
        }
      }
    },
  };
}

function unpack(packed: Uint8Array, bitDepth: number, values: Uint16Array, count: number): void {
  if (bitDepth === 8) {
    values.set(packed.subarray(0, count));
  } else if (bitDepth === 16) {
    for (let i = 0; i < count; i++) values[i] = packed[2 * i]! * 256 + packed[2 * i + 1]!;
  } else {
    for (let i = 0; i < count; i++) values[i] = packedValue(packed, i, bitDepth);
  }
}

/** Sample `i` of packed samples of 1, 2 or 4 bits. */
export function packedValue(packed: Uint8Array, i: number, bitDepth: number): number {
  return (packed[(i * bitDepth) >> 3]! >> (8 - bitDepth - ((i * bitDepth) & 7))) & ((1 << bitDepth) - 1);
}
