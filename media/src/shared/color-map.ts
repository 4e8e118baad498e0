/*
 * The color map `inferno` of matplotlib (Smith & van der Walt 2015, public domain, CC0), every 16th of its 256
 * entries, linear between them: dark to bright in steps that look equal, also in gray and to the color-blind.
 * Reports use the same one; panels know nothing of them, so the numbers stand here again, and a test holds them equal.
 */
const stops = [
  0x000004, 0x0b0724, 0x210c4a, 0x3d0965, 0x57106e, 0x71196e, 0x8a226a, 0xa32c61, 0xbc3754,
  0xd24644, 0xe45a31, 0xf1731d, 0xf98e09, 0xfcac11, 0xf9cb35, 0xf2ea69, 0xfcffa4,
];

/** Shares that colors are tabulated for. */
const levels = 256;

/** Red, green and blue in 0 … 255, at `heatLevel(share)` and the two places after it. */
export const heatColors: Readonly<Uint8ClampedArray> = Uint8ClampedArray.from({ length: 3 * levels }, (_, i) => {
  const place = (Math.floor(i / 3) / (levels - 1)) * (stops.length - 1);
  const shift = 16 - 8 * (i % 3);
  const [lower, upper] = [stops[Math.floor(place)]!, stops[Math.ceil(place)]!].map((color) => (color >> shift) & 255) as [number, number];
  return lower + (upper - lower) * (place % 1);
});

/** Where the color of a share in [0, 1] begins in `heatColors`; NaN is dark. */
export function heatLevel(share: number): number {
  return 3 * Math.round((share > 0 ? Math.min(share, 1) : 0) * (levels - 1));
}

/** `rgb(…)` of a share in [0, 1]. */
export function heatCss(share: number): string {
  const level = heatLevel(share);
  return `rgb(${heatColors[level]} ${heatColors[level + 1]} ${heatColors[level + 2]})`;
}
