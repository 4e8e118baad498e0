import { ensure } from '#engine/core/bug-error';

/** What one pixel means. Each kind fixes the storage type and the value range. */
export interface PixelKinds {
  /** Phase: 1 = white, 0 = black. */
  binary: Uint8Array;
  /** Component label: 0 = background, 1 … n = component. */
  label: Int32Array;
  /** White share of a pixel, in [0, 1]. */
  density: Float64Array;
  /** Any finite real, e.g. a signed distance in pixels. */
  field: Float64Array;
  /** Relevance of an activation map, ≥ 0. */
  heat: Float32Array;
}
export type PixelKind = keyof PixelKinds;

/** Row-major raster: pixel (row, column) is at `row * width + column`; row 0 is the top edge. */
export interface Image2D<K extends PixelKind> {
  readonly kind: K;
  readonly width: number;
  readonly height: number;
  readonly data: PixelKinds[K];
}

/** Wraps data as an image without a copy; the length must be `width * height`. */
export function imageOf<K extends PixelKind>(kind: K, width: number, height: number, data: PixelKinds[K]): Image2D<K> {
  ensure(data.length === width * height, `image of ${width} × ${height} has ${data.length} pixels`);
  return { kind, width, height, data };
}

/** The share of white pixels, in [0, 1]. */
export function volumeFraction(image: Image2D<'binary'>): number {
  let white = 0;
  for (let p = 0; p < image.data.length; p++) white += image.data[p]!;
  return white / image.data.length;
}
