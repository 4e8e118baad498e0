import { afterAll, beforeAll, beforeEach, inject } from 'vitest';
import { themesOnly } from './code-server';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './open-workbench';

/** The workbench that all tests of a file look at, one after the other. What the window looked like when one failed is kept. */
export function useWorkbench(options?: WorkbenchOptions): Pick<Workbench, 'place' | 'server' | 'window'> {
  let opened: Workbench | undefined;
  const workbench = (): Workbench => {
    if (opened === undefined) throw new Error('The workbench is open while tests run, and not before.');
    return opened;
  };
  beforeAll(async () => void (opened = await openWorkbench(inject('workbench'), { builtIn: themesOnly, ...options })));
  afterAll(async () => opened?.close());
  beforeEach(({ task, onTestFailed }) => onTestFailed(async () => void (await workbench().window.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`))));
  return {
    get place() {
      return workbench().place;
    },
    get server() {
      return workbench().server;
    },
    get window() {
      return workbench().window;
    },
  };
}
