/* What reports say about the backend that trained. */
import { expect, test } from 'vitest';
import type { DesignCase } from '#domain/case';
import { assembleLearning } from '#engine/pipeline/result/assemble-case-result';
import type { LearnedProperty } from '#engine/pipeline/stages/learn';
import { stripedSettings } from '#test/support/striped-dataset';

const nothing = new Int32Array();
const learned = (refusedBackends: LearnedProperty['refusedBackends']): LearnedProperty => ({
  trained: {
    kind: 'compact', resolution: 32, backend: 'wasm', version: '4.22.0', networks: [],
    split: { training: nothing, validation: nothing, holdOut: nothing }, quality: [],
  },
  artifact: { header: {}, arrays: {} },
  refusedBackends,
});
const refused = [{ name: 'node', reason: 'it is not installed' }] as const;

test.each([
  ['auto', [], 'the best backend there is'],
  ['auto', refused, 'the best that worked; node: it is not installed'],
  ['wasm', [], 'as the case or the command asks'],
] as const)('backend %s with these refused: %j', (backend, others, reason) => {
  const problem = { learning: { ...stripedSettings, backend }, objective: { directions: ['x'] } } as unknown as DesignCase;
  expect(assembleLearning(problem, learned(others), 1)).toMatchObject({ backend: 'wasm', backendReason: reason });
});
