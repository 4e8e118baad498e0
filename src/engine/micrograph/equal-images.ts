/* Images of a batch that are equal, pixel by pixel. */
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';

/** Of each image, the first one that is equal to it: its own number where there is none before it. */
export function firstEqualImages({ count, packed }: MicrostructureBatch): Int32Array {
  const bytes = count === 0 ? 0 : packed.length / count;
  const first = new Int32Array(count);
  // Images of one hash, by their first occurrence; equal hashes of different images are rare and decided byte by byte.
  const seen = new Map<number, number[]>();
  for (let image = 0; image < count; image++) {
    const hash = hashOf(packed, image * bytes, bytes);
    const candidates = seen.get(hash);
    const equal = candidates?.find((other) => areEqual(packed, other * bytes, image * bytes, bytes));
    first[image] = equal ?? image;
    if (equal !== undefined) continue;
    if (candidates) candidates.push(image);
    else seen.set(hash, [image]);
  }
  return first;
}

/** FNV-1a of 32 bits. */
function hashOf(data: Uint8Array, from: number, length: number): number {
  let hash = 2166136261;
  for (let i = from; i < from + length; i++) hash = Math.imul(hash ^ data[i]!, 16777619);
  return hash;
}

function areEqual(data: Uint8Array, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (data[a + i] !== data[b + i]) return false;
  return true;
}
