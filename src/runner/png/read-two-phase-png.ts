/*
 * Two-phase images from PNG files of every kind that libpng reads. An image that is too large is refused by its
 * header; any other one takes a byte of memory per pixel and a few rows, whatever the file holds.
 */
import { basename } from 'node:path';
import { failure, success, type Finding, type Result } from '#domain/finding';
import type { Image2D, PictureUse } from '#engine/api';
import { arraySource, DamagedFile, withFileSource, type ByteSource } from './byte-source';
import { createColorReader } from './pixel-colors';
import { isPng, readChunks, readHeader } from './png-chunks';
import { decodeRows } from './png-rows';
import { createPhaseReader } from './two-phases';

/** Larger images are refused before they are decoded: their size in memory is not the file's. */
const largestEdge = 4096;
const smallestEdge = 8;
/** The resolutions that a database may have; a test holds them to the language's. */
const smallestResolution = 32;
const largestResolution = 1024;

/** An image, with the warnings `image-irregular` about its file. */
export interface TwoPhasePng {
  readonly image: Image2D<'binary'>;
  readonly warnings: readonly Finding[];
}

/** What a caller expects of an image and says about it. */
export interface PngSettings {
  /** Pixels along an edge. */
  readonly resolution?: number;
  /** The brightness above which pixels are white, in the samples of the file; of any image with two colors the brighter one without it. */
  readonly whiteAbove?: number | undefined;
  /** As findings call the file; the name of a path by default. */
  readonly name?: string;
  /** What the image is for: `test` by default, whose user can say a brightness. A `cell` may also have an edge that divides the resolution. */
  readonly purpose?: 'test' | PictureUse;
}

/**
 * Reads a square two-phase image whose edge is a power of two, from a path or from bytes.
 * Findings: `image-unreadable`, `image-not-png`, `image-damaged`, `image-too-large`,
 * `image-not-square`, `image-wrong-resolution` (if one is expected),
 * `image-not-power-of-two`, and those of `PhaseReader`.
 */
export async function readTwoPhasePng(source: string | Uint8Array, settings: PngSettings = {}): Promise<Result<TwoPhasePng>> {
  if (typeof source !== 'string') return readSource(arraySource(source), settings.name ?? 'the image', settings);
  const name = settings.name ?? `'${basename(source)}'`;
  try {
    return await withFileSource(source, (file) => readSource(file, name, settings));
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === undefined || syscall === undefined) throw error;
    return failure('image-unreadable', `${name} cannot be read (${code}): ${source}.`, 'Check the path and its permissions.');
  }
}

async function readSource(source: ByteSource, name: string, settings: PngSettings): Promise<Result<TwoPhasePng>> {
  try {
    if (!isPng(source)) return failure('image-not-png', `${name} is not a PNG file.`, 'Save the image as PNG.');
    const { width, height } = readHeader(source);
    return refuseSize(width, height, name, settings) ?? (await decode(source, name, settings));
  } catch (error) {
    if (!(error instanceof DamagedFile)) throw error;
    return failure('image-damaged', `${name} is a damaged PNG file: ${error.message}.`, 'Save or copy the image again.');
  }
}

function refuseSize(width: number, height: number, name: string, { resolution: expected, purpose }: PngSettings): Result<never> | undefined {
  const size = `${width} × ${height} pixels`;
  if (width !== height) {
    return failure('image-not-square', `${name} has ${size}; a cell is square.`, 'Crop the image to a square.');
  }
  if (expected !== undefined && purpose === 'cell') return expected % width === 0 ? undefined : refuseCell(width, expected, name, size);
  if (expected !== undefined && width !== expected) {
    const resolution = nearestResolution(width);
    const scaled = resolution === expected ? '' : resolution === width ? `, or set the database's \`resolution ${width}\`` : `, or to ${resolution} × ${resolution} with the database's \`resolution ${resolution}\``;
    return failure('image-wrong-resolution', `${name} has ${size}; ${purpose === 'start' ? 'the images of the database have' : 'the test is of'} ${expected} × ${expected}.`, `Scale the image to ${expected} × ${expected} pixels without smoothing${scaled}.`);
  }
  if (width < smallestEdge || !Number.isInteger(Math.log2(width))) {
    const resolution = nearestResolution(width);
    return failure(
      'image-not-power-of-two',
      `${name} has ${size}; the edge must be a power of two of at least ${smallestEdge} pixels.`,
      `Scale the image to ${resolution} × ${resolution} pixels without smoothing, and test it with that resolution.`,
    );
  }
  if (width > largestEdge) {
    return failure(
      'image-too-large',
      `${name} has ${size}; the largest edge is ${largestEdge}.`,
      `Scale the image to ${largestResolution} × ${largestResolution} pixels without smoothing, and test it with that resolution.`,
    );
  }
  return undefined;
}

/** A cell that is not enlarged to the resolution by whole pixels. */
function refuseCell(width: number, expected: number, name: string, size: string): Result<never> {
  const scale = `cale the image to ${expected} × ${expected} pixels without smoothing`;
  const simulated = Math.min(largestEdge, Math.max(smallestEdge, 2 ** Math.round(Math.log2(width))));
  const simulate = `\`xdesign simulate --resolution ${simulated}\``;
  return failure(
    'image-wrong-resolution',
    `${name} has ${size}; the images of the database have ${expected} × ${expected}, and a picture is enlarged to them by whole pixels.`,
    simulated === width ? `Test it with ${simulate}, or s${scale}.` : `S${scale}, or to ${simulated} × ${simulated} for ${simulate}.`,
  );
}

/** The resolution of a database that is nearest to an edge, in powers of two. */
function nearestResolution(edge: number): number {
  return Math.min(largestResolution, Math.max(smallestResolution, 2 ** Math.round(Math.log2(edge))));
}

async function decode(source: ByteSource, name: string, { whiteAbove, purpose }: PngSettings): Promise<Result<TwoPhasePng>> {
  const chunks = readChunks(source);
  const { width, height } = chunks.header;
  const colors = createColorReader(chunks);
  const phases = createPhaseReader({ width, height, opaque: colors.opaque, whiteAbove, takesBrightness: purpose === undefined || purpose === 'test' });
  const more = await decodeRows(source, chunks, (packed, { row, first, step, count }) => {
    const start = row * width + first;
    colors.read(packed, count, (pixel, red, green, blue, alpha) => phases.add(start + pixel * step, red, green, blue, alpha));
  });
  const image = phases.finish(name);
  return image.ok ? success({ image: image.value, warnings: [...chunks.remarks, ...more].map((remark) => irregular(name, remark)) }) : image;
}

function irregular(name: string, remark: string): Finding {
  return { code: 'image-irregular', severity: 'warning', message: `${name} is read, but ${remark}.`, remedy: 'Save the image again.' };
}
