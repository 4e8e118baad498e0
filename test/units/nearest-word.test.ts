import { describe, expect, test } from 'vitest';
import { nearestWord } from '#units/nearest-word';

const words = ['size', 'resolution', 'fraction', 'seed', 'particles', 'fibers', 'cells', 'spinodal'];

describe('mistyped words', () => {
  test.each([
    ['sise', 'size'],
    ['siez', 'size'],
    ['Resolution', 'resolution'],
    ['resolutoin', 'resolution'],
    ['resoluton', 'resolution'],
    ['particle', 'particles'],
    ['fibres', 'fibers'],
    ['spinodla', 'spinodal'],
  ])('%s → %s', (word, nearest) => {
    expect(nearestWord(word, words)).toBe(nearest);
  });
});

test('words that are nothing alike suggest nothing', () => {
  for (const word of ['color', 'x', 'young', '']) expect(nearestWord(word, words)).toBeUndefined();
});

test('a single letter is not taken for another one', () => {
  expect(nearestWord('z', ['x', 'y'])).toBeUndefined();
});

test('among equals the first wins', () => {
  expect(nearestWord('bat', ['cat', 'rat'])).toBe('cat');
});
