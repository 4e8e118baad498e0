/* A thousand damaged files of each format: each is read or is a finding, without a crash, a hang or unbounded memory. */
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openRaster } from '#runner/pictures/raster/open-raster';
import { rasterGoldens } from '#test/support/raster-goldens';

const known = ['picture-damaged', 'picture-unsupported', 'picture-too-large', 'picture-transparent', 'array-not-finite'];

/** Bytes with other bytes at some places, and only the first of them. */
function damage(bytes: Uint8Array, changes: readonly (readonly [number, number])[], kept: number): Uint8Array {
  const damaged = bytes.slice(0, Math.ceil(kept * bytes.length));
  for (const [place, value] of changes) if (damaged.length > 0) damaged[Math.floor(place * damaged.length)] = value;
  return damaged;
}

/** Checksums of a PNG file that are right again, so that damage reaches the decoder. */
function repairChecksums(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let offset = 8; offset + 12 <= bytes.length; ) {
    const end = offset + 8 + view.getUint32(offset);
    if (end + 4 > bytes.length) break;
    view.setUint32(end, crc32(bytes.subarray(offset + 4, end)));
    offset = end + 4;
  }
  return bytes;
}

/** What became of a file: the codes of findings, or the number of pixels. */
async function outcome(bytes: Uint8Array): Promise<readonly (string | number)[]> {
  const opened = await openRaster(bytes, 'file');
  if (!opened.ok) return opened.findings.map(({ code }) => code);
  const outcomes: (string | number)[] = [];
  for (let index = 0; index < opened.value.count; index++) {
    const read = await opened.value.read(index);
    if (!read.ok) {
      outcomes.push(...read.findings.map(({ code }) => code));
      continue;
    }
    const { width, height, values } = read.value.picture;
    expect(values.length).toBe(width * height);
    expect(values.every((value) => Number.isFinite(value))).toBe(true);
    outcomes.push(values.length);
  }
  return outcomes;
}

const formats = [
  ['PNG', /^PNG/, repairChecksums],
  ['TIFF', /^(Big)?TIFF/, (bytes: Uint8Array) => bytes],
  ['portable pixmap', /^P[BGP]M/, (bytes: Uint8Array) => bytes],
  ['JPEG', /^JPEG/, (bytes: Uint8Array) => bytes],
] as const;

test.each(formats)('%s', async (_, names, repair) => {
  const files = rasterGoldens().filter(({ name }) => names.test(name));
  const before = process.resourceUsage().maxRSS;
  const seen = { read: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }),
      fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
      fc.boolean(),
      async ({ bytes }, changes, kept, repaired) => {
        const damaged = damage(bytes, changes, kept);
        const outcomes = await outcome(repaired ? repair(damaged) : damaged);
        for (const one of outcomes) if (typeof one === 'string') expect(known).toContain(one);
        if (outcomes.some((one) => typeof one === 'string')) seen.refused++;
        else seen.read++;
      },
    ),
    { numRuns: 1000 },
  );
  // Both occur, so the damage is neither too much nor without effect.
  expect(Math.min(seen.read, seen.refused)).toBeGreaterThan(20);
  expect((process.resourceUsage().maxRSS - before) / 1024).toBeLessThan(500);
});
