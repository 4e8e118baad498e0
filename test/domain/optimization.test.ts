/* Starts of optimizations by turns of their sources. */
import { expect, test } from 'vitest';
import { startsByTurns } from '#domain/optimization';

const words = (...asked: Parameters<typeof startsByTurns>): string => startsByTurns(...asked).map(({ source, number }) => `${source} ${number}`).join(', ');

test('sources take turns, and what has no more leaves the others their turns', () => {
  expect(words(5, ['noise', 'cosines'], 800)).toBe('noise 0, cosines 0, noise 1, cosines 1, noise 2');
  expect(words(5, ['disc', 'noise', 'frame'], 800)).toBe('disc 0, noise 0, frame 0, noise 1, noise 2');
  expect(words(6, ['images', 'noise'], 2)).toBe('images 0, noise 0, images 1, noise 1, noise 2, noise 3');
});

test('all pictures are starts of the first turn, in the place of their source', () => {
  expect(words(6, ['noise', 'pictures', 'cosines'], 800, 2)).toBe('noise 0, pictures 0, pictures 1, cosines 0, noise 1, cosines 1');
  expect(words(9, ['pictures'], 800, 2)).toBe('pictures 0, pictures 1');
});

test('there are no more starts than the sources have', () => {
  expect(words(24, ['disc', 'frame'], 800)).toBe('disc 0, frame 0');
  expect(words(24, ['images', 'frame'], 3)).toBe('images 0, frame 0, images 1, images 2');
  expect(words(1, ['frame', 'noise'], 3)).toBe('frame 0');
});
