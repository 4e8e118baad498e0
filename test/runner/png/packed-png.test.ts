/* PNG files of one bit are read to the same pixels, and pngjs reads them too. */
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { packImages } from '#engine/api';
import { packedPng } from '#runner/png/packed-png';
import { readTwoPhasePng } from '#runner/png/read-two-phase-png';
import { spottedImage } from '#test/support/spotted-image';

test.each([8, 16, 32])('images of %i pixels along an edge', async (edge) => {
  const images = [1, 2, 3].map((seed) => spottedImage(edge, seed));
  const batch = packImages(images, edge);
  for (const [i, image] of images.entries()) {
    const bytes = packedPng(batch, i);
    expect(await readTwoPhasePng(bytes)).toMatchObject({ ok: true, value: { image: { data: image.data }, warnings: [] } });
    const { data } = PNG.sync.read(bytes);
    expect(Uint8Array.from(image.data.keys(), (pixel) => data[4 * pixel]! / 255)).toEqual(image.data);
  }
});
