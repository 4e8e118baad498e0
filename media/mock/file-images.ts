/* The first images of a database of files, as they are before a run: recorded images as if they came from pictures of users. */
import { packImageBits, unpackColumn, fromBase64 } from '#protocol/packed';
import type { DatabaseView } from '#protocol/views/database-views';
import type { FileImagesPreview } from '#protocol/views/image-file-views';

/** `count` of them; with what is usually said of micrographs. */
export function firstImages({ images, volumeFraction }: DatabaseView, count: number): FileImagesPreview {
  const { width, height, bits } = images;
  const recorded = fromBase64(bits);
  const size = recorded.length / images.count;
  const shares = unpackColumn(volumeFraction);
  const packed = new Uint8Array(count * size);
  const fractions: number[] = [];
  for (let i = 0; i < count; i++) {
    const from = i % images.count;
    packed.set(recorded.subarray(from * size, (from + 1) * size), i * size);
    fractions.push(shares[from]!);
  }
  const fraction = { lower: Math.min(...fractions), upper: Math.max(...fractions) };
  return {
    files: 300,
    sizes: [{ width: 128, height: 120 }, { width: 1024, height: 884 }, { width: 256, height: 240 }, { width: 512, height: 480 }],
    first: { count, fraction, periodic: false, images: packImageBits(width, height, packed), fractions },
    findings: [
      { code: 'doubtful-pixels', severity: 'warning', message: 'In 12 of 48 pictures more than 5 % of the pixels are neither clearly black nor clearly white.', remedy: 'Compare the images with the pictures.' },
      { code: 'duplicate-images', severity: 'information', message: '3 images are copies of others.' },
    ],
  };
}
