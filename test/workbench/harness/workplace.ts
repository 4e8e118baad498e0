import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** What tests leave behind for people: screenshots. */
export const artifactsFolder = path('../../../.build/workbench/screenshots');

/** Folders of one test: a workspace with the files of test/workbench/workspace, and a code-server's own with the extension in it. */
export interface Workplace {
  readonly workspace: string;
  readonly server: string;
  remove(): void;
}

export function makeWorkplace(): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'xdesign-workplace-'));
  const [workspace, server] = [join(folder, 'workspace'), join(folder, 'server')];
  cpSync(path('../workspace'), workspace, { recursive: true });
  cpSync(inject('workbench').installed, server, { recursive: true });
  return { workspace, server, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
