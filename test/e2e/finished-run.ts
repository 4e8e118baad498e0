/* A run that has ended, for tests of what comes after it. */
import { cpSync } from 'node:fs';
import { oncePerTestRun } from '#test/support/once-per-test-run';
import type { Command } from './command';
import { createWorkplace, leastCase, smallCase, type Workplace } from './workplace';

/** A workplace where `smallCase(leastCase)` has run to its end: a copy of the one run of all test files. Paths in its manifest and its record are those of that run. */
export async function finishedWorkplace(command: Command): Promise<Workplace> {
  const finished = await oncePerTestRun('finished', async (folder) => {
    const place = createWorkplace(smallCase(leastCase));
    try {
      const { code, errors } = await command.run('run', place.file);
      if (code !== 0) throw new Error(`the shared run failed: ${errors}`);
      cpSync(place.folder, folder, { recursive: true });
    } finally {
      place.remove();
    }
  });
  const place = createWorkplace('');
  cpSync(finished, place.folder, { recursive: true });
  return place;
}
