/*
 * Colors of pixel images. Heat has the color map `inferno` of matplotlib (Smith & van der Walt 2015, public
 * domain, CC0), every 16th of its 256 entries, linear between them: dark to bright in steps that look equal,
 * also in gray and to the color-blind.
 */

/** Red, green and blue in 0 … 255. */
type Rgb = readonly [red: number, green: number, blue: number];

/** Lines of skeletons and of pruned spurs: they stand out from white, from black and from both grays. */
export const skeletonColor: Rgb = [213, 94, 0];
export const spurColor: Rgb = [0, 114, 178];

/** Grays of the two phases under lines and marks. */
export const fadedWhite: Rgb = [226, 226, 222];
export const fadedBlack: Rgb = [96, 98, 104];

const stops = [
  0x000004, 0x0b0724, 0x210c4a, 0x3d0965, 0x57106e, 0x71196e, 0x8a226a, 0xa32c61, 0xbc3754,
  0xd24644, 0xe45a31, 0xf1731d, 0xf98e09, 0xfcac11, 0xf9cb35, 0xf2ea69, 0xfcffa4,
];

/** The color of a heat in [0, 1]; what lies outside has the color of the nearest one, and NaN is dark. */
export function heatColor(heat: number): Rgb {
  const position = (heat > 0 ? Math.min(heat, 1) : 0) * (stops.length - 1);
  const [lower, upper] = [stops[Math.floor(position)]!, stops[Math.ceil(position)]!];
  const mix = (shift: number): number => {
    const from = (lower >> shift) & 255;
    return Math.round(from + (((upper >> shift) & 255) - from) * (position % 1));
  };
  return [mix(16), mix(8), mix(0)];
}

/** `#rrggbb` of the same color. */
export function heatHex(heat: number): string {
  return `#${heatColor(heat).map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

const levels = 256;

/** The colors of 256 heats, for images of many pixels: red, green and blue from `heatOffset(heat)` on. */
export const heatTable: Readonly<Uint8ClampedArray> = Uint8ClampedArray.from(Array.from({ length: levels }, (_, i) => heatColor(i / (levels - 1))).flat());

export function heatOffset(heat: number): number {
  return 3 * Math.round((heat > 0 ? Math.min(heat, 1) : 0) * (levels - 1));
}
