import { expect, test } from 'vitest';
import { unknownCase } from '#server/runs/refusals';

test('a case that is not there is told beside those that are, also in a file without any', () => {
  expect(unknownCase('A', [{ case: { name: 'B' } }, { case: { name: 'C' } }] as never).remedy).toBe('The file has "B", "C".');
  expect(unknownCase('A', []).remedy).toBe('The file has no cases.');
});
