import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkbenchPaths } from './prepare';

/** Folders of one test: a workspace with the files of test/workbench/workspace, and a code-server's own with the extension in it. */
export interface Workplace {
  readonly workspace: string;
  readonly server: string;
  remove(): void;
}

export function makeWorkplace({ root, installed }: WorkbenchPaths): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'xdesign-workplace-'));
  const [workspace, server] = [join(folder, 'workspace'), join(folder, 'server')];
  cpSync(join(root, 'test/workbench/workspace'), workspace, { recursive: true });
  cpSync(installed, server, { recursive: true });
  return { workspace, server, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
