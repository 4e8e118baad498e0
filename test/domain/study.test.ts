import { expect, test } from 'vitest';
import { variantName } from '#domain/study';

test('the name of a variant has its study and each value, without blanks', () => {
  expect(variantName({ study: 'Seeds', settings: { seed: '3', fraction: '0.38 .. 0.41' } })).toBe('Seeds/seed-3,fraction-0.38..0.41');
});

test('the name of a variant can be that of a folder', () => {
  expect(variantName({ study: 'Weights', settings: { weights: '"../nets/a.safetensors"' } })).toBe('Weights/weights-..-nets-a.safetensors');
});
