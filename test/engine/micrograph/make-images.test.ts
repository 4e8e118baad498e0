import { expect, test } from 'vitest';
import type { Finding } from '#domain/finding';
import { imageOf } from '#engine/grid/image-2d';
import { unpackImage } from '#engine/grid/microstructure-batch';
import type { ImageSet, ImageSetSettings } from '#engine/micrograph/image-set';
import { joinImages } from '#engine/micrograph/join-images';
import { makeImages, type ImageSettings, type PictureImages } from '#engine/micrograph/make-images';
import type { Picture } from '#engine/micrograph/picture';
import { withoutSpeckles } from '#engine/micrograph/speckles';

const settings: ImageSettings = { resolution: 32, stride: 32, seed: 1 };

function make(picture: Picture, changes: Partial<ImageSettings> = {}, source = 0): PictureImages {
  const made = makeImages(picture, `"${source}.png"`, source, { ...settings, ...changes });
  if (!made.ok) throw new Error(made.findings[0]!.message);
  return made.value;
}

function join(pictures: readonly PictureImages[], changes: Partial<ImageSetSettings> = {}): ImageSet {
  const named = pictures.map((images, source) => ({ name: `"${source}.png"`, images }));
  const joined = joinImages(named, { resolution: 32, fraction: { lower: 0, upper: 1 }, periodic: false, ...changes });
  if (!joined.ok) throw new Error(joined.findings[0]!.message);
  return joined.value;
}

/** White where a hash of the pixel's block of 3 × 3 and the number says so. */
function scattered(width: number, height: number, number: number, share = 0.5): Picture {
  const values = Uint8Array.from({ length: width * height }, (_, p) => {
    const [x, y] = [Math.floor((p % width) / 3), Math.floor(p / width / 3)];
    const hash = Math.sin(12.9898 * x + 78.233 * y + 37.719 * number) * 43758.5453;
    return hash - Math.floor(hash) < share ? 255 : 0;
  });
  return { width, height, values };
}

const codes = (findings: readonly Finding[]): string[] => findings.map(({ code, severity }) => `${severity} ${code}`);

test('tiles have the pixels of their places', () => {
  const picture = scattered(100, 70, 1);
  const made = make(picture, { fit: 'tile' });
  expect([...made.x]).toEqual([0, 32, 64, 0, 32, 64]);
  expect([...made.y]).toEqual([0, 0, 0, 32, 32, 32]);
  const set = join([made]);
  for (let tile = 0; tile < 6; tile++) {
    const { data } = unpackImage(set.images, tile);
    for (let p = 0; p < data.length; p++) {
      expect(data[p]).toBe(picture.values[(made.y[tile]! + Math.floor(p / 32)) * 100 + made.x[tile]! + (p % 32)]! / 255);
    }
    expect(set.fractions[tile]).toBe(data.reduce((sum, phase) => sum + phase, 0) / 1024);
  }
});

test('speckles of tiles are those of the whole picture', () => {
  const picture = scattered(90, 80, 2, 0.35);
  const cleaned = withoutSpeckles(imageOf('binary', 90, 80, Uint8Array.from(picture.values, (value) => value / 255)), 20, 'open').data;
  const made = make(picture, { fit: 'tile', stride: 13, speckles: 20 });
  const whole = make({ width: 90, height: 80, values: cleaned }, { fit: 'tile', stride: 13 });
  expect(made.packed).toEqual(whole.packed);
  // The same tiles taken alone have other speckles, so the margin matters.
  const alone = make(picture, { fit: 'tile', stride: 13 });
  const cleanedAlone = alone.fractions.map((_, i) => {
    const image = unpackImage({ count: alone.fractions.length, resolution: 32, packed: alone.packed }, i);
    return withoutSpeckles(image, 20, 'open').data.reduce((sum, phase) => sum + phase, 0) / 1024;
  });
  expect(cleanedAlone).not.toEqual(made.fractions);
});

test('drawn tiles depend on the seed and the number of the picture, not on its name', () => {
  const picture = scattered(200, 200, 3);
  const places = (seed: number, source: number): string => make(picture, { fit: 'tile', stride: 8, tiles: 5, seed }, source).x.join();
  expect(places(1, 0)).toBe(places(1, 0));
  expect(places(1, 0)).not.toBe(places(2, 0));
  expect(places(1, 0)).not.toBe(places(1, 1));
});

test('images of one phase and outside the window are left out and counted', () => {
  const values = Uint8Array.from({ length: 32 * 96 }, (_, p) => (p % 96 < 32 ? 0 : p % 96 < 64 ? p % 2 : p % 8 === 0 ? 1 : 0));
  const made = make({ width: 96, height: 32, values }, { fit: 'tile' });
  expect([...made.x]).toEqual([32, 64]);
  expect([...made.fractions]).toEqual([0.5, 0.125]);
  const set = join([made], { fraction: { lower: 0.3, upper: 0.5 } });
  expect(set.counts).toEqual({ pictures: 1, images: 1, onePhase: 1, outsideWindow: 1, beyondSize: 0, twice: 0 });
  expect(codes(set.findings)).toEqual(['warning images-of-one-phase', 'information images-outside-window']);
  expect(set.findings.map(({ message }) => message)).toEqual([
    '1 image of one phase is left out, the first in "0.png"; 1 remains.',
    '1 image with a fraction outside 0.3 .. 0.5 is left out; 1 remains.',
  ]);
});

test('nothing left is an error', () => {
  const black = make({ width: 32, height: 32, values: new Uint8Array(1024) });
  expect(joinImages([{ name: '"a.png"', images: black }], { resolution: 32, fraction: { lower: 0, upper: 1 } })).toMatchObject({
    ok: false,
    findings: [{ code: 'no-images', message: 'The database has no image: 1 picture gave 1 of one phase and 0 with a fraction outside 0 .. 1.' }],
  });
});

test('the first images, and where they come from', () => {
  const set = join([scattered(64, 32, 4), scattered(64, 32, 5)].map((picture, source) => make(picture, { fit: 'tile' }, source)), { size: 3 });
  expect([...set.sources]).toEqual([0, 0, 1]);
  expect([...set.x]).toEqual([0, 32, 0]);
  expect([...set.edges]).toEqual([32, 32, 32]);
  expect(set.counts).toMatchObject({ images: 3, beyondSize: 1 });
  expect(set.images).toMatchObject({ count: 3, resolution: 32 });
  expect(set.images.packed).toHaveLength(3 * 128);
});

test('copies are counted, and their pictures belong together', () => {
  const pictures = [6, 7, 8, 7].map((number, source) => make(scattered(32, 32, number), {}, source));
  const set = join(pictures);
  expect(set.counts.twice).toBe(1);
  expect([...set.groups]).toEqual([0, 1, 2, 1]);
  expect(set.findings).toMatchObject([{ code: 'images-twice', message: '1 of 4 images is equal to one before, the first in "3.png" to one in "1.png".' }]);
});

test('copies connect pictures over several steps', () => {
  const tile = (numbers: readonly number[]): Picture => {
    const parts = numbers.map((number) => scattered(32, 32, number).values);
    return { width: 32 * numbers.length, height: 32, values: Uint8Array.from({ length: 1024 * numbers.length }, (_, p) => parts[Math.floor((p % (32 * numbers.length)) / 32)]![Math.floor(p / (32 * numbers.length)) * 32 + (p % 32)]!) };
  };
  const set = join([[1, 2], [3, 4], [5, 3], [2, 5]].map((numbers, source) => make(tile(numbers), { fit: 'tile' }, source)));
  expect(new Set(set.groups)).toEqual(new Set([0]));
});

test('whether images repeat is found out and said, or compared with what the database says', () => {
  const many = Array.from({ length: 6 }, (_, source) => make(scattered(32, 32, source), {}, source));
  const open = joinImages(many.map((images, i) => ({ name: `${i}`, images })), { resolution: 32, fraction: { lower: 0, upper: 1 } });
  expect(open.ok && open.value.periodic).toBe(false);
  expect(open.ok && codes(open.value.findings)).toEqual(['information periodicity-found']);
  const said = join(many, { periodic: true });
  expect(said.periodic).toBe(true);
  expect(codes(said.findings)).toEqual(['warning images-not-periodic']);
});

test('doubts are one warning for all pictures, with the worst as an example', () => {
  const gray = (share: number): Picture => ({ width: 32, height: 32, values: Uint8Array.from({ length: 1024 }, (_, p) => (p % 32 < 32 * share ? 128 : (p + 32 * share) % 8 < 4 ? 0 : 255)) });
  const set = join([gray(0), gray(0.125), gray(0.25)].map((picture, source) => make(picture, { white: { kind: 'above', value: 127 } }, source)));
  expect(set.findings).toMatchObject([
    { code: 'doubtful-pixels', severity: 'warning', message: 'In 2 of 3 pictures more than 5 % of the pixels are neither clearly black nor clearly white; the most, 25 %, are in "2.png".' },
  ]);
});

test('a strip counts only where it reaches into images', () => {
  const body = scattered(64, 80, 9);
  const picture = { ...body, values: body.values.map((value, p) => (p < 64 * 70 ? value : 0)) };
  const { doubts } = make(picture, { fit: 'tile' });
  expect(doubts.strips).toEqual([]);
  const marked = make(picture, { fit: 'tile', stride: 16 });
  expect(marked.doubts).toMatchObject({ strips: [{ x: 0, width: 64 }], bars: [] });
  expect(join([marked]).findings).toMatchObject([{ code: 'doubtful-pixels', message: expect.stringMatching(/^1 of 1 picture seems to have a caption strip within the images; the most pixels, 1[23] %, are in "0.png", in 64 × (9|1\d) pixels from column 0, row \d+ on\.$/) as string }]);
});
