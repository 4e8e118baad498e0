/*
 * Named random streams. A stream is fixed by the seed and the labels of its forks alone, so image 17 can be
 * generated without images 0 to 16, on any worker, with the same bytes.
 *
 * Generator: xoroshiro128+ (Blackman & Vigna 2018, arXiv 1805.01407) from the pure-rand library.
 * Its state consists of four FNV-1a hashes of the stream's name with different seeds, each finished with the
 * avalanche of MurmurHash3 (Appleby 2008).
 */
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** A reproducible source of random numbers. */
export interface Rng {
  /** Uniform in [0, 1), 32 bits of resolution. */
  uniform(): number;
  /** Uniform in [lower, upper). */
  between(lower: number, upper: number): number;
  /** Uniform integer in 0 … n − 1. */
  integer(n: number): number;
  /** Standard normal (Box & Muller 1958; both values of a pair are used). */
  normal(): number;
  /** Fisher–Yates shuffle in place; returns the same array. */
  shuffle<T extends { length: number; [index: number]: number }>(values: T): T;
  /** An independent stream fixed by this stream's name and the label. */
  fork(label: string): Rng;
}

/** The root stream of a seed. */
export function createRng(seed: number): Rng {
  return streamOf(String(seed));
}

function streamOf(name: string): Rng {
  const generator = xoroshiro128plusFromState([hash32(name, 1), hash32(name, 2), hash32(name, 3), hash32(name, 4)]);
  let spareNormal: number | undefined;

  const uniform = (): number => (generator.next() >>> 0) / 4294967296;
  const integer = (n: number): number => Math.floor(uniform() * n);
  return {
    uniform,
    integer,
    between: (lower, upper) => lower + (upper - lower) * uniform(),
    normal() {
      if (spareNormal !== undefined) {
        const value = spareNormal;
        spareNormal = undefined;
        return value;
      }
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      const angle = 2 * Math.PI * uniform();
      spareNormal = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    shuffle(values) {
      for (let i = values.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        const swapped = values[i]!;
        values[i] = values[j]!;
        values[j] = swapped;
      }
      return values;
    },
    fork: (label) => streamOf(`${name}/${label}`),
  };
}

function hash32(text: string, salt: number): number {
  let hash = 2166136261 ^ Math.imul(salt, 0x9e3779b9);
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
