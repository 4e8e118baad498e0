/*
 * The color map `inferno` of matplotlib (Smith & van der Walt 2015, public domain, CC0), every 16th
 * of its 256 entries, linear between them: dark to bright in steps that look equal, also in gray.
 */

/** Red, green, blue in 0 … 255 for a share in [0, 1]. */
export function infernoColor(share: number): readonly [number, number, number] {
  const place = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const lower = stops[Math.floor(place)]!;
  const upper = stops[Math.ceil(place)]!;
  const part = place - Math.floor(place);
  const mix = (shift: number): number => {
    const from = (lower >> shift) & 255;
    return Math.round(from + (((upper >> shift) & 255) - from) * part);
  };
  return [mix(16), mix(8), mix(0)];
}

/** `#rrggbb` of the same. */
export function infernoHex(share: number): string {
  return `#${infernoColor(share).map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

const stops = [
  0x000004, 0x0b0724, 0x210c4a, 0x3d0965, 0x57106e, 0x71196e, 0x8a226a, 0xa32c61, 0xbc3754,
  0xd24644, 0xe45a31, 0xf1731d, 0xf98e09, 0xfcac11, 0xf9cb35, 0xf2ea69, 0xfcffa4,
];
