import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '#runner/store/store';
import { artifactOf } from '#test/runner/programs/numbered-artifacts';
import { bundleForTest } from '#test/support/bundle-programs';
import { startProgram } from '#test/support/child-program';
import { temporaryFolder } from '#test/support/temporary-folder';
import { expectSameArtifact } from './artifacts';

let program: string;
let programs: Awaited<ReturnType<typeof bundleForTest>>;
beforeAll(async () => {
  programs = await bundleForTest({ store: 'test/runner/programs/store-program.ts' });
  program = join(programs.folder, 'store.mjs');
});
afterAll(() => programs.remove());

const noWarning = (finding: { readonly message: string }): never => expect.fail(finding.message);

describe('kill -9', () => {
  test('loses nothing that was put, leaves nothing half-put, and no litter after the next opening', async () => {
    // The kill comes at another moment each time: in a row, in a file, between them.
    for (const milliseconds of [0, 4, 11, 23]) {
      const folder = join(temporaryFolder(), '.xdesign');
      const child = startProgram(program, 'fill', folder);
      let last = -1;
      while (last < 5) last = Number(await child.line());
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      await child.kill();

      const store = openStore(folder, noWarning);
      for (let i = 0; i <= last; i++) expectSameArtifact(store.get(store.keyOf(i)), artifactOf(i));
      // What was put but could not be said any more.
      let more = last + 1;
      while (store.has(store.keyOf(more))) expectSameArtifact(store.get(store.keyOf(more)), artifactOf(more++));
      const slot = store.getCheckpoint(store.keyOf('owner'), 'slot');
      expect([more - 2, more - 1]).toContain(slot?.header['i']);
      expectSameArtifact(slot, artifactOf(slot!.header['i'] as number));
      expect(readdirSync(join(folder, 'incoming'))).toStrictEqual([]);
      store.close();
    }
  });

  test('leaves alone what a living process is writing', () => {
    const folder = join(temporaryFolder(), '.xdesign');
    openStore(folder, noWarning).close();
    mkdirSync(join(folder, 'incoming'));
    const mine = join(folder, 'incoming', incomingNameOf(process.pid));
    const gone = join(folder, 'incoming', incomingNameOf(4_190_000));
    for (const name of [mine, gone]) writeFileSync(name, 'half');
    openStore(folder, noWarning).close();
    expect([existsSync(mine), existsSync(gone)]).toStrictEqual([true, false]);
  });
});

describe('two processes', () => {
  test('that open and fill one fresh store at once both succeed', async () => {
    for (let round = 0; round < 2; round++) {
      const folder = join(temporaryFolder(), '.xdesign');
      const [one, other] = [startProgram(program, 'share', folder, '0', '20'), startProgram(program, 'share', folder, '10', '30')];
      expect(await Promise.all([one.line(), other.line()])).toStrictEqual(['done', 'done']);
      const store = openStore(folder, noWarning);
      for (let i = 0; i < 30; i++) expectSameArtifact(store.get(store.keyOf(i)), artifactOf(i));
      store.close();
    }
  });

  test('that meet one damaged store move it aside once', async () => {
    const folder = join(temporaryFolder(), '.xdesign');
    mkdirSync(folder);
    new DatabaseSync(join(folder, 'store.sqlite')).exec('CREATE TABLE song (title TEXT)');
    const children = [0, 1].map(() => startProgram(program, 'share', folder, '0', '10'));
    // The one that comes first tells the warning, which ends this program; the other one finds a sound store.
    const ends = await Promise.all(children.map(async (child) => (await child.ended()).code));
    expect(ends.sort()).toStrictEqual([0, 1]);
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toStrictEqual(['store.sqlite.damaged-1']);
  });
});

function incomingNameOf(processId: number): string {
  return `${hostname()}-${processId}-0123456789abcdef`;
}
