/*
 * Two-phase images from PNG files: gray, RGB, palette, with and without alpha, 1 to 16 bits, decoded
 * by pngjs. A pixel is white when its luminance (Rec. 709 weights) is at least 128 of 255. Where a
 * pixel is transparent there is no white: it is seen over black.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { PNG } from 'pngjs';
import { failure, imageOf, success, type Image2D, type Result } from '#engine/api';

/** Larger images are refused before they are decoded: their size in memory is not the file's. */
const largestEdge = 4096;
const smallestEdge = 8;

/**
 * Reads a square two-phase image whose edge is a power of two, from a path or from bytes.
 * Findings: `image-unreadable`, `image-not-png`, `image-damaged`, `image-too-large`,
 * `image-not-square`, `image-wrong-resolution` (if one is expected),
 * `image-not-power-of-two`.
 */
export function readTwoPhasePng(
  source: string | Uint8Array,
  expected?: { readonly resolution: number },
): Result<Image2D<'binary'>> {
  const name = typeof source === 'string' ? `'${basename(source)}'` : 'the image';
  const bytes = typeof source === 'string' ? readBytes(source, name) : success(source);
  if (!bytes.ok) return bytes;
  const size = readSize(bytes.value, name);
  if (!size.ok) return size;
  const refusal = refuseSize(size.value.width, size.value.height, name, expected?.resolution);
  if (refusal) return refusal;
  const decoded = decode(bytes.value, name);
  return decoded.ok ? success(binarize(decoded.value)) : decoded;
}

function readBytes(path: string, name: string): Result<Uint8Array> {
  try {
    return success(readFileSync(path));
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    return failure('image-unreadable', `${name} cannot be read (${reason}): ${path}.`, 'Check the path and its permissions.');
  }
}

/** Width and height from the header chunk, which every PNG begins with. */
function readSize(bytes: Uint8Array, name: string): Result<{ readonly width: number; readonly height: number }> {
  const isPng = signature.every((byte, i) => bytes[i] === byte);
  if (!isPng) return failure('image-not-png', `${name} is not a PNG file.`, 'Save the image as PNG.');
  if (bytes.length < 24) return failure('image-damaged', `${name} ends within its header.`, 'Save the image again.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return success({ width: view.getUint32(16), height: view.getUint32(20) });
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function refuseSize(width: number, height: number, name: string, expected: number | undefined): Result<never> | undefined {
  const size = `${width} × ${height} pixels`;
  if (width !== height) {
    return failure('image-not-square', `${name} has ${size}; a cell is square.`, 'Crop the image to a square.');
  }
  if (expected !== undefined && width !== expected) {
    return failure(
      'image-wrong-resolution',
      `${name} has ${size}; the test is of ${expected} × ${expected}.`,
      `Scale the image to ${expected} × ${expected} without smoothing, or set the database's resolution to ${width}.`,
    );
  }
  if (width < smallestEdge || !Number.isInteger(Math.log2(width))) {
    return failure(
      'image-not-power-of-two',
      `${name} has ${size}; the edge must be a power of two of at least ${smallestEdge} pixels.`,
      'Scale the image to 64, 128 or 256 pixels without smoothing.',
    );
  }
  if (width > largestEdge) {
    return failure('image-too-large', `${name} has ${size}; the largest edge is ${largestEdge}.`, 'Scale the image down.');
  }
  return undefined;
}

/** RGBA, 8 bits each. */
function decode(bytes: Uint8Array, name: string): Result<PNG> {
  try {
    return success(PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)) as PNG);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failure('image-damaged', `${name} is a damaged PNG file (${reason}).`, 'Save or copy the image again.');
  }
}

function binarize(png: PNG): Image2D<'binary'> {
  const data = new Uint8Array(png.width * png.height);
  for (let p = 0; p < data.length; p++) {
    const [red, green, blue, alpha] = [0, 1, 2, 3].map((channel) => png.data[4 * p + channel]!) as [number, number, number, number];
    const luminance = ((2126 * red + 7152 * green + 722 * blue) * alpha) / (10000 * 255);
    data[p] = luminance >= 128 ? 1 : 0;
  }
  return imageOf('binary', png.width, png.height, data);
}
