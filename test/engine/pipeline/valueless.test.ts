/* Beside a void an image may have no Poisson's ratio: what the stages make of that. */
import { expect, test } from 'vitest';
import { ownArm } from '#domain/arms';
import type { DesignCase } from '#domain/case';
import type { VirtualTestResult } from '#engine/fem/virtual-test';
import { packImages } from '#engine/grid/microstructure-batch';
import type { DesignCandidates } from '#engine/pipeline/arms/candidate';
import { failuresOf, rankCells } from '#engine/pipeline/result/assemble-arms';
import { assembleFaithfulness } from '#engine/pipeline/result/assemble-faithfulness';
import { bestOfDatabase } from '#engine/pipeline/result/assemble-case-result';
import type { Examination } from '#engine/pipeline/stages/examine';
import type { StageContext } from '#engine/pipeline/stage';
import { learn, type LearnInputs } from '#engine/pipeline/stages/learn';
import { replacedShares } from '#engine/validation/perturbation';
import { spottedImage } from '#test/support/spotted-image';

const phases = {
  white: { name: 'solid', youngsModulus: 1e9, poissonRatio: 0.3 },
  black: { name: 'void', youngsModulus: 0, poissonRatio: 0, thermalExpansion: 0 },
};
const objective = { sense: 'maximize', property: 'poisson-ratio', directions: ['x', 'y'] } as const;
const problem = { objective, phases, plane: 'plane-stress', test: 'periodic' } as unknown as DesignCase;

const tested = (nu: number | undefined): VirtualTestResult => ({
  kind: 'periodic',
  volumeFraction: 0.4,
  youngsModulus: nu === undefined ? { x: 1e8, y: 0 } : { x: 1e8, y: 1e8 },
  ...(nu !== undefined && { poissonRatio: { x: nu, y: nu } }),
  statistics: { solver: 'nested-dissection-cholesky', unknowns: 1, iterations: 0, residual: 0 },
});

test('the best image is one that has a value', () => {
  expect(bestOfDatabase([undefined, 0.1, undefined, 0.4, 0.2].map(tested), objective)).toMatchObject({ index: 3, objectiveValue: 0.4 });
});

test('cells without a value are no designs, and are counted', () => {
  const patch = { row: 0, column: 0, edge: 8 };
  const origin = { kind: 'patch', image: 0, patch, region: 0, layer: 'last', threshold: 0.5, borrowed: false } as const;
  const cells = packImages([1, 2, 3].map((seed) => spottedImage(32, seed)), 32);
  const candidates: DesignCandidates = { candidates: [0, 1, 2].map((cell) => ({ id: cell, origin, cell })), cells, attempts: 5, refusals: [{ reason: 'no-branch', count: 2 }] };
  const demands = { phases, plane: 'plane-stress', objective, constraints: [], fraction: { lower: 0.3, upper: 0.5 }, bestOfDatabase: 0.2 } as const;
  const ranked = rankCells(ownArm('mirror'), candidates, { measured: [0.1, undefined, 0.3].map(tested) }, Uint8Array.of(0), problem, demands);
  expect(ranked.map(({ cell }) => cell)).toEqual([2, 0]);
  expect(failuresOf(candidates, ranked.length).map(({ reason, count }) => [reason, count])).toEqual([['no-branch', 2], ['no-load-path', 1]]);
});

test('with too few values there is nothing to learn from, and the finding says why', async () => {
  const images = packImages(Array.from({ length: 60 }, (_, seed) => spottedImage(32, seed)), 32);
  const tests = Array.from({ length: 60 }, (_, i) => tested(i < 20 ? 0.01 * i : undefined));
  const context = {} as StageContext;
  const inputs: LearnInputs = { images: { images, families: new Uint8Array(60), volumeFractions: new Float64Array(60) }, tests };
  const whole = { ...problem, learning: { properties: ['poisson-ratio'] }, database: { seed: 1 }, start: { kind: 'random' } } as unknown as DesignCase;
  const learned = await learn.run(context, whole, inputs);
  expect(learned).toMatchObject({ ok: false, findings: [{ code: 'too-few-images', message: expect.stringMatching(/^Only 20 of 60 images/) as string }] });
});

test('an image that loses its value with its squares does not count among the maps', () => {
  const flat = (value: number) => new Float64Array(2 * replacedShares.length).fill(value);
  const trial = (whole: number, own: number) => ({ whole, replaced: 0, own: flat(own), shifted: [flat(0.5), flat(0.5)] });
  const noControls = { random: [], edges: [], center: [], white: [] };
  const examination: Examination = {
    images: Int32Array.of(0, 1),
    layers: [],
    parts: [],
    perturbation: { 'finite-elements': { donor: [[trial(1, 0.2), trial(1, NaN)]], surroundings: [], controls: noControls }, network: { donor: [[undefined, undefined]], surroundings: [], controls: noControls } },
  };
  expect(assembleFaithfulness(examination, { images: examination.images, layers: [] }, objective).perturbation[0]!.finiteElements).toMatchObject({ images: 1, advantage: 1 });
});
