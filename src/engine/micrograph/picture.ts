/* Pictures as files have them: numbers on a grid, before it is decided which of them are white. */

/** One picture of one channel. Colors have become their luminance, palettes their colors. */
export interface Picture {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Row by row from the top, in the units of the file: 0 to 255, 0 to 65 535, 0 to 1, or any finite numbers. */
  readonly values: Uint8Array | Uint16Array | Float32Array;
}
