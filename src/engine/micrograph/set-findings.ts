/* What is worth saying about the images of a database, one finding for all pictures with the first or worst of them as an example. */
import { failure, type Finding, type Result } from '#domain/finding';
import type { Interval } from '#domain/intervals';
import { formatCount, formatNumber, formatWindow } from '#units/format-quantity';
import type { ImageCounts, ImageSetSettings, NamedImages } from './image-set';
import { areImagesPeriodic, periodicityThreshold, type Periodicity } from './periodicity';

/** A larger share of doubtful values in a picture is reported. */
const noticedShare = 0.05;

interface SetFacts {
  readonly counts: ImageCounts;
  readonly periodicity: Periodicity;
  readonly sources: Int32Array;
  readonly firstEqual: Int32Array;
}

/** Why there is no image at all. */
export function describeNoImages(pictures: number, onePhase: number, outsideWindow: number, fraction: Interval): Result<never> {
  return failure(
    'no-images',
    `The database has no image: ${formatCount(pictures, 'picture')} gave ${onePhase} of one phase and ${outsideWindow} with a fraction outside ${rangeText(fraction)}.`,
    'Check which values are white and the range of fractions.',
  );
}

/** The warnings and the information about a set. */
export function describeImageSet(pictures: readonly NamedImages[], settings: ImageSetSettings, facts: SetFacts): readonly Finding[] {
  const found = [
    doubtfulValues(pictures),
    drawnOver(pictures),
    onePhase(pictures, facts.counts),
    outsideWindow(facts.counts, settings.fraction),
    twice(pictures, facts),
    periodicityOfSet(facts, settings.periodic),
  ];
  return found.filter((finding) => finding !== undefined);
}

function doubtfulValues(pictures: readonly NamedImages[]): Finding | undefined {
  const doubtful = pictures.filter(({ images }) => images.doubts.values > noticedShare);
  if (doubtful.length === 0) return undefined;
  const worst = doubtful.reduce((a, b) => (b.images.doubts.values > a.images.doubts.values ? b : a));
  return {
    code: 'doubtful-pixels',
    severity: 'warning',
    message: `In ${doubtful.length} of ${formatCount(pictures.length, 'picture')} more than ${percent(noticedShare)} of the pixels are neither clearly black nor clearly white; the most, ${percent(worst.images.doubts.values)}, are in ${worst.name}.`,
    remedy: 'Compare the images with the pictures, and choose another value of `white` if there are more than two phases.',
  };
}

function drawnOver(pictures: readonly NamedImages[]): Finding | undefined {
  const marked = pictures.filter(({ images }) => images.doubts.drawn > 0);
  if (marked.length === 0) return undefined;
  const worst = marked.reduce((a, b) => (b.images.doubts.drawn > a.images.doubts.drawn ? b : a));
  const { strips, bars, drawn } = worst.images.doubts;
  const { x, y, width, height } = (strips[0] ?? bars[0])!;
  return {
    code: 'doubtful-pixels',
    severity: 'warning',
    message: `${marked.length} of ${formatCount(pictures.length, 'picture')} ${marked.length === 1 ? 'seems' : 'seem'} to have ${strips.length > 0 ? 'a caption strip' : 'a scale bar'} within the images; the most pixels, ${percent(drawn)}, are in ${worst.name}, in ${width} × ${height} pixels from column ${x}, row ${y} on.`,
    remedy: 'Cut such marks off the pictures, or use `fit crop` if they are outside the middle.',
  };
}

function onePhase(pictures: readonly NamedImages[], { onePhase: count, images }: ImageCounts): Finding | undefined {
  if (count === 0) return undefined;
  const first = pictures.find(({ images: { onePhase: own } }) => own > 0)!;
  return {
    code: 'images-of-one-phase',
    severity: 'warning',
    message: `${formatCount(count, 'image')} of one phase ${count === 1 ? 'is' : 'are'} left out, the first in ${first.name}; ${remain(images)}.`,
    remedy: 'Check which values are white if these pictures have two phases.',
  };
}

function outsideWindow({ outsideWindow: count, images }: ImageCounts, fraction: Interval): Finding | undefined {
  if (count === 0) return undefined;
  return {
    code: 'images-outside-window',
    severity: 'information',
    message: `${formatCount(count, 'image')} with a fraction outside ${rangeText(fraction)} ${count === 1 ? 'is' : 'are'} left out; ${remain(images)}.`,
  };
}

function twice(pictures: readonly NamedImages[], { counts, sources, firstEqual }: SetFacts): Finding | undefined {
  if (counts.twice === 0) return undefined;
  const image = firstEqual.findIndex((first, i) => first !== i);
  const [one, other] = [pictures[sources[firstEqual[image]!]!]!.name, pictures[sources[image]!]!.name];
  return {
    code: 'images-twice',
    severity: 'information',
    message: `${counts.twice} of ${formatCount(counts.images, 'image')} ${counts.twice === 1 ? 'is' : 'are'} equal to one before, the first in ${other} to one in ${one}.`,
    remedy: 'Leave copies out if they are not meant to count more; they are never on both sides of a hold-out.',
  };
}

function periodicityOfSet({ counts, periodicity }: SetFacts, periodic: boolean | undefined): Finding | undefined {
  const found = areImagesPeriodic(periodicity);
  const measured = `Opposite edges of ${formatCount(counts.images, 'image')} differ like ${found ? 'neighboring' : 'distant'} rows and columns (${formatNumber(Math.max(periodicity.rows, periodicity.columns), 2)}; periodic below ${periodicityThreshold})`;
  if (periodic === undefined) {
    return {
      code: 'periodicity-found',
      severity: 'information',
      message: `${measured}, so the images are taken as ${found ? 'periodic' : 'not periodic'}.`,
      remedy: 'Set `periodic yes` or `periodic no` in the database to decide it yourself.',
    };
  }
  if (!periodic || found) return undefined;
  return {
    code: 'images-not-periodic',
    severity: 'warning',
    message: `${measured}, but the database says \`periodic yes\`.`,
    remedy: 'Set `periodic no`, unless the images are meant to repeat with breaks at their edges.',
  };
}

const remain = (images: number): string => `${images} ${images === 1 ? 'remains' : 'remain'}`;

const percent = (share: number): string => `${formatNumber(100 * share, 2)} %`;

const rangeText = ({ lower, upper }: Interval): string => formatWindow(lower, upper, 3);
