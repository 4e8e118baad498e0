/*
 * The command as users meet it: the launcher with a dist/ beside it, made from the sources as they are
 * now.
 */
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleForTest, buildForTest } from '#test/support/bundle-programs';
import { startProgram, type ChildProgram } from '#test/support/child-program';

const launcher = fileURLToPath(new URL('../../bin/xdesign.mjs', import.meta.url));

/** How a command ended and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Standard output, line by line. */
  readonly lines: readonly string[];
  /** Standard error. */
  readonly errors: string;
}

export interface Command {
  /** Path of the launcher. */
  readonly launcher: string;
  start(...given: string[]): ChildProgram;
  /** A run has one thread unless it says otherwise: a second one takes longer to start than to help with a small case. */
  run(...given: string[]): Promise<Ended>;
  /** For `afterAll`. */
  remove(): void;
}

/** Builds the command; `worker` is the source of another program for its threads, relative to the root. */
export async function buildCommand(worker?: string): Promise<Command> {
  const house = mkdtempSync(join(tmpdir(), 'xdesign-e2e-'));
  mkdirSync(join(house, 'bin'));
  const program = join(house, 'bin/xdesign.mjs');
  copyFileSync(launcher, program);
  const built = await buildForTest();
  if (worker === undefined) symlinkSync(built, join(house, 'dist'), 'junction');
  else {
    cpSync(built, join(house, 'dist'), { recursive: true });
    const other = await bundleForTest({ worker });
    cpSync(other.folder, join(house, 'dist'), { recursive: true });
    other.remove();
  }
  const start = (...given: string[]): ChildProgram => startProgram(program, ...given);
  return {
    launcher: program,
    start,
    async run(...given) {
      const oneThread = given[0] === 'run' && !given.includes('--workers') ? ['--workers', '1'] : [];
      const child = start(...given, ...oneThread);
      const [lines, end] = await Promise.all([child.rest(), child.ended()]);
      return { ...end, lines };
    },
    remove: () => rmSync(house, { recursive: true, force: true }),
  };
}
