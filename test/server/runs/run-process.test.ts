/* How the process of a run ends, whatever the program in it does. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runStarter, type RunEnd } from '#server/runs/run-process';
import type { RunOrder } from '#server/runs/run-process';
import { temporaryFolder } from '#test/support/temporary-folder';

/** Runs a program; `cancel` is called at its first stage. */
function ended(program: string, cancels: boolean): Promise<RunEnd> {
  const file = join(temporaryFolder(), 'run.mjs');
  writeFileSync(file, program);
  return new Promise((resolve) => {
    const run = runStarter(file)({} as RunOrder, {
      onStage: () => cancels && run.cancel(),
      onReading: () => {},
      onFinding: () => {},
      onCaseEnd: () => {},
      onEnd: resolve,
    });
  });
}

const begins = `process.on('message', ({ kind }) => { if (kind === 'run') process.send({ kind: 'stage', event: {} }); });`;

test('a run that does not hear that it is cancelled is ended by force', async () => {
  expect(await ended(`${begins} process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);`, true)).toEqual({ kind: 'cancelled' });
});

test('a run that never lets anything else happen is ended by force too', async () => {
  expect(await ended(`${begins} process.on('message', () => { for (;;); });`, true)).toEqual({ kind: 'cancelled' });
});

test('a run that falls without a word is told with what it said last', async () => {
  expect(await ended(`${begins} console.error('Error: no memory'); process.exitCode = 3; process.disconnect();`, false)).toEqual({ kind: 'crashed', message: 'Error: no memory' });
  expect(await ended('process.exit(4);', false)).toEqual({ kind: 'crashed', message: 'its process ended with status 4' });
});

test('a program that is not there is a fall, not an exception', async () => {
  const end = await new Promise<RunEnd>((resolve) => runStarter(join(temporaryFolder(), 'none.mjs'))({} as RunOrder, { onStage: () => {}, onReading: () => {}, onFinding: () => {}, onCaseEnd: () => {}, onEnd: resolve }));
  expect(end.kind).toBe('crashed');
});
