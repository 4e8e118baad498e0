import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser } from './chromium';
import { startCodeServer, type CodeServer, type CodeServerOptions } from './code-server';
import type { WorkbenchPaths } from './prepare';
import { WorkbenchWindow } from './workbench-window';
import { makeWorkplace, type Workplace } from './workplace';

/** A workspace of its own in a window of its own, with all that is behind them. */
export interface Workbench {
  readonly place: Workplace;
  readonly server: CodeServer;
  readonly browser: Browser;
  readonly window: WorkbenchWindow;
  close(): Promise<void>;
}

export interface WorkbenchOptions extends CodeServerOptions {
  /** Fills the workspace further before it is opened. */
  readonly fill?: (workspace: string) => void | Promise<void>;
}

export async function openWorkbench(paths: WorkbenchPaths, { fill, ...options }: WorkbenchOptions = {}): Promise<Workbench> {
  const place = makeWorkplace(paths);
  await fill?.(place.workspace);
  const server = await startCodeServer(paths.codeServer, place.server, options);
  const browser = await openBrowser(paths);
  const window = await WorkbenchWindow.open(browser, server.url, place.workspace, join(paths.root, '.build/workbench/screenshots'));
  const close = async (): Promise<void> => {
    await browser.close();
    await server.stop();
    place.remove();
  };
  return { place, server, browser, window, close };
}
