/* `compare pictures`: a case from its images to the tables and views, with PNG files among its arms. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DesignCase } from '#domain/case';
import { assembleCaseResult, openStoredCase, propertyOf, runCase, type CaseResult, type StoredCase } from '#engine/api';
import { neverAborted } from '#engine/core/run-context';
import { readSpecification } from '#language/read-specification';
import { caseFiles } from '#runner/case-files';
import { encodeBinaryPng } from '#runner/report/page/encode-png';
import { reportPage } from '#runner/report/report-page';
import { machineFiles, resolveCase } from '#runner/weights/pretrained-file';
import { scatterView } from '#server/views/database-views';
import { designView } from '#server/views/design-views';
import type { ViewTools } from '#server/views/view';
import { fewDesigns, smallCase } from '#test/e2e/workplace';
import { loneExecutor } from '#test/support/lone-executor';
import { createMemoryStore } from '#test/support/memory-store';
import { spottedImage } from '#test/support/spotted-image';

const store = createMemoryStore();
const executor = loneExecutor();
const folder = mkdtempSync(join(tmpdir(), 'xdesign-pictures-'));
let problem: DesignCase;
let stored: StoredCase;
let result: CaseResult;
let tools: ViewTools;

beforeAll(async () => {
  for (const [name, size, seed] of [['cross.png', 32, 1], ['frame.png', 16, 2], ['islands.png', 32, 3]] as const) writeFileSync(join(folder, name), encodeBinaryPng(spottedImage(size, seed)));
  const { specification } = readSpecification(join(folder, 'small.xdesign'), { read: () => smallCase({ more: 'compare pictures "*.png"', ...fewDesigns }), resolve: (_, target) => target });
  const files = machineFiles();
  problem = resolveCase(specification!.cases[0]!.case, {}, files);
  const values = await runCase(problem, { store, files: caseFiles(files), executor, signal: neverAborted, onStage() {} });
  if (!values.ok) throw new Error(values.findings[0]!.message);
  result = assembleCaseResult(problem, values.value, { stages: [], secondsOf: () => 1 })!;
  stored = openStoredCase(problem, store);
  tools = { stored, store: { ...store, close() {} }, executor: executor as never };
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const armOf = (name: string) => result.arms.find((arm) => arm.name === name)!;
const namesOf = (name: string) => armOf(name).designs.map(({ source }) => (source.kind === 'picture' ? source.file : source.kind));

test('each picture is a design of the arm, also tested under periodicity', () => {
  expect(namesOf('pictures').toSorted()).toEqual(['cross.png', 'frame.png', 'islands.png']);
  for (const { periodic } of armOf('pictures').designs) expect(Number.isFinite(periodic === undefined ? NaN : propertyOf(periodic, 'youngs-modulus').x)).toBe(true);
});

test('views and report name pictures after their files, and other designs by their numbers', async () => {
  const names = namesOf('pictures').map((file, i) => `picture-00${i + 1} (${file})`);
  const scatter = await scatterView.make({}, tools);
  if (!scatter.ok) return expect.fail(scatter.findings[0]!.message);
  expect(Object.fromEntries(scatter.value.arms.map((arm) => [arm.name, arm.names]))).toEqual({ explained: undefined, control: undefined, pictures: names });
  const best = await designView.make({ arm: 'pictures', rank: 1 }, tools);
  if (!best.ok) return expect.fail(best.findings[0]!.message);
  expect(best.value.design.name).toBe(names[0]);
  const page = reportPage([result], { specification: 'small.xdesign', overrides: {}, versions: {}, machine: 'none' }, 'in-case-folder');
  for (const name of names) expect(page).toContain(name);
});
