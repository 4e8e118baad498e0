import { expect, test } from 'vitest';
import { capitalized, listed } from '#units/sentences';

test('a list has commas, and a conjunction before its last part', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map((parts) => listed(parts))).toEqual(['', 'a', 'a and b', 'a, b and c']);
  expect(listed(['a', 'b', 'c'], 'or')).toBe('a, b or c');
});

test('the first letter of a sentence is a capital one', () => {
  expect(['the rest Stays', 'É', ''].map(capitalized)).toEqual(['The rest Stays', 'É', '']);
});
