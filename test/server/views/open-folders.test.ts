/* What the views process keeps in memory of the cases that it looked at. */
import { expect, onTestFinished, test } from 'vitest';
import { keyOfStage } from '#engine/api';
import { readSpecification } from '#language/read-specification';
import type { CaseSpecification } from '#language/specification/specification';
import { openStore } from '#runner/store/store';
import { createOpenFolders } from '#server/views/open-folders';
import { smallCase, type SmallCase } from '#test/e2e/workplace';
import { temporaryFolder } from '#test/support/temporary-folder';

function specified(settings: SmallCase): CaseSpecification {
  return readSpecification('small.xdesign', { read: () => smallCase(settings), resolve: (_, target) => target }).specification!.cases[0]!;
}

test('a text with other thresholds reads nothing that the text before it has read; values that no late case has are forgotten', () => {
  const path = temporaryFolder();
  const store = openStore(path, ({ message }) => expect.fail(message));
  onTestFinished(() => store.close());
  const folder = createOpenFolders().open(path)!;
  onTestFinished(() => folder.store.close());
  const keys = folder.stored(specified({})).keys;
  const images = { header: { resolution: 32 }, arrays: { packed: new Uint8Array(128), families: new Uint8Array(1), volumeFractions: new Float64Array(1) } };
  store.put(keyOfStage(keys, { stage: 'generate' }), images, { stage: 'generate', stageVersion: 1, description: {} });

  const first = folder.stored(specified({})).read('images');
  expect(first).toMatchObject({ images: { count: 1, resolution: 32 } });
  expect(folder.stored(specified({ thresholds: '0.4' })).read('images')).toBe(first);
  expect(folder.stored(specified({ thresholds: '0.4' })).read('tests')).toBeUndefined();

  for (const seed of [11, 12, 13]) expect(folder.stored(specified({ seed })).read('images')).toBeUndefined();
  const again = folder.stored(specified({})).read('images');
  expect(again).toEqual(first);
  expect(again).not.toBe(first);
});
