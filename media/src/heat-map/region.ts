/* The critical region of a map, as the engine finds it: so that it follows a slider while it is moved. */
import type { Pixels } from '#media/shared/pixels';

/** The largest piece (pixels joined by their edges) of where `agreement` reaches the threshold; the first of equal ones. */
export function criticalRegion(agreement: Float32Array, edge: number, threshold: number): Pixels {
  // Heat has single precision, and so has a threshold that it is to reach exactly.
  const least = Math.fround(threshold);
  const region = new Uint8Array(agreement.length);
  const seen = new Uint8Array(agreement.length);
  let largest: readonly number[] = [];
  for (let start = 0; start < agreement.length; start++) {
    if (seen[start] === 1 || agreement[start]! < least) continue;
    const piece = [start];
    seen[start] = 1;
    for (let i = 0; i < piece.length; i++) {
      for (const next of neighbors(piece[i]!, edge)) {
        if (seen[next] === 1 || agreement[next]! < least) continue;
        seen[next] = 1;
        piece.push(next);
      }
    }
    if (piece.length > largest.length) largest = piece;
  }
  for (const pixel of largest) region[pixel] = 1;
  return { width: edge, height: edge, data: region };
}

function neighbors(pixel: number, edge: number): number[] {
  const column = pixel % edge;
  return [
    ...(column > 0 ? [pixel - 1] : []),
    ...(column < edge - 1 ? [pixel + 1] : []),
    ...(pixel >= edge ? [pixel - edge] : []),
    ...(pixel < edge * (edge - 1) ? [pixel + edge] : []),
  ];
}
