import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { thisMachine } from '#server/machine';
import { temporaryFolder } from '#test/support/temporary-folder';

test('a machine submits to Slurm where sbatch is on its path', () => {
  const folder = temporaryFolder();
  vi.stubEnv('PATH', folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  expect(thisMachine().batchSystem).toBeUndefined();
  writeFileSync(join(folder, 'sbatch'), '');
  expect(thisMachine().batchSystem).toBeUndefined();
  chmodSync(join(folder, 'sbatch'), 0o755);
  expect(thisMachine().batchSystem).toBe('slurm');
});
