/* What the files of a test run share: the first that needs it makes it, the others wait for it. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder of this test run alone, for what its tests share. */
    readonly shared: string;
  }
}

/** Path of the shared folder of that name, which `make` fills; nobody changes it later. */
export async function oncePerTestRun(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const shared = inject('shared');
  const [made, making] = [join(shared, name), join(shared, `making-${name}`)];
  if (isFirst(making)) {
    try {
      await make(join(making, name));
      renameSync(join(making, name), made);
    } catch (error) {
      // The next caller reports the same.
      rmSync(making, { recursive: true, force: true });
      throw error;
    }
  }
  while (!existsSync(made)) {
    await sleep(50);
    if (!existsSync(making)) return oncePerTestRun(name, make);
  }
  return made;
}

/** Whether this call created the folder. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
