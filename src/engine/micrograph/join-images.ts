/* The set of images of a database from what its pictures gave: filtered by fraction, with what is worth saying about all of them together. */
import { success, type Result } from '#domain/finding';
import { isInWindow } from '#domain/intervals';
import { firstEqualImages } from './equal-images';
import type { ImageCounts, ImageSet, ImageSetSettings, NamedImages } from './image-set';
import { areImagesPeriodic, edgeDifferenceCount, periodicityOf } from './periodicity';
import { describeImageSet, describeNoImages } from './set-findings';

/**
 * Joins what pictures gave, in their order.
 * Findings: `no-images`; in the set the warnings `doubtful-pixels`, `images-of-one-phase`, `images-not-periodic` and the information
 * `images-outside-window`, `images-twice`, `periodicity-found`.
 */
export function joinImages(pictures: readonly NamedImages[], settings: ImageSetSettings): Result<ImageSet> {
  const { resolution, size = Infinity } = settings;
  const taken: { readonly source: number; readonly index: number }[] = [];
  let [onePhase, outsideWindow, beyondSize] = [0, 0, 0];
  pictures.forEach(({ images }, source) => {
    onePhase += images.onePhase;
    images.fractions.forEach((fraction, index) => {
      if (!isInWindow(fraction, settings.fraction)) outsideWindow++;
      else if (taken.length >= size) beyondSize++;
      else taken.push({ source, index });
    });
  });
  if (taken.length === 0) return describeNoImages(pictures.length, onePhase, outsideWindow, settings.fraction);

  const bytes = resolution ** 2 / 8;
  const packed = new Uint8Array(taken.length * bytes);
  const differences = new Float64Array(taken.length * edgeDifferenceCount);
  taken.forEach(({ source, index }, i) => {
    const { images } = pictures[source]!;
    packed.set(images.packed.subarray(index * bytes, (index + 1) * bytes), i * bytes);
    differences.set(images.edgeDifferences.subarray(index * edgeDifferenceCount, (index + 1) * edgeDifferenceCount), i * edgeDifferenceCount);
  });
  const column = (name: 'x' | 'y' | 'edges'): Int32Array => Int32Array.from(taken, ({ source, index }) => pictures[source]!.images[name][index]!);
  const batch = { count: taken.length, resolution, packed };
  const sources = Int32Array.from(taken, ({ source }) => source);
  const firstEqual = firstEqualImages(batch);
  const periodicity = periodicityOf(differences);
  const counts: ImageCounts = {
    pictures: pictures.length, images: taken.length, onePhase, outsideWindow, beyondSize,
    twice: firstEqual.reduce((sum, first, image) => sum + (first === image ? 0 : 1), 0),
  };
  return success({
    images: batch,
    sources,
    x: column('x'), y: column('y'), edges: column('edges'),
    fractions: Float64Array.from(taken, ({ source, index }) => pictures[source]!.images.fractions[index]!),
    groups: groupsOf(sources, firstEqual, pictures.length),
    periodic: settings.periodic ?? areImagesPeriodic(periodicity),
    periodicity,
    counts,
    findings: describeImageSet(pictures, settings, { counts, periodicity, sources, firstEqual }),
  });
}

/** The smallest number of a picture that each image's picture is connected with by equal images. */
function groupsOf(sources: Int32Array, firstEqual: Int32Array, pictureCount: number): Int32Array {
  const parents = Int32Array.from({ length: pictureCount }, (_, source) => source);
  const rootOf = (source: number): number => {
    let root = source;
    while (parents[root] !== root) root = parents[root]!;
    parents[source] = root;
    return root;
  };
  firstEqual.forEach((first, image) => {
    const [a, b] = [rootOf(sources[first]!), rootOf(sources[image]!)];
    parents[Math.max(a, b)] = Math.min(a, b);
  });
  return sources.map(rootOf);
}
