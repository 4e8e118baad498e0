/**
 * Bilinear upsampling of an `edge` × `edge` raster to `size` × `size`, with the centers of the pixels
 * at half-integers and constant beyond the outermost centers (as torch's `align_corners=False`).
 */
export function upsample(raster: Float32Array, edge: number, size: number): Float32Array {
  const places = Array.from({ length: size }, (_, i) => {
    const position = Math.min(Math.max(((i + 0.5) * edge) / size - 0.5, 0), edge - 1);
    const low = Math.floor(position);
    return { low, high: Math.min(low + 1, edge - 1), share: position - low };
  });
  const result = new Float32Array(size * size);
  for (const [row, r] of places.entries()) {
    for (const [column, c] of places.entries()) {
      const above = raster[r.low * edge + c.low]! * (1 - c.share) + raster[r.low * edge + c.high]! * c.share;
      const below = raster[r.high * edge + c.low]! * (1 - c.share) + raster[r.high * edge + c.high]! * c.share;
      result[row * size + column] = above * (1 - r.share) + below * r.share;
    }
  }
  return result;
}
