import {
  closeSync, cpSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync, writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ArtifactKey } from '#engine/api';
import { artifactOf, expectSameArtifact, someProvenance } from './artifacts';
import { filledFolder, reopened, sizes } from './filled-folder';

/** The folder of a large artifact. */
function placeOf(folder: string, key: ArtifactKey): string {
  return join(folder, 'artifacts', key.slice(0, 2), key);
}

function flipBit(path: string, byte: number): void {
  const bytes = readFileSync(path);
  bytes[byte]! ^= 4;
  writeFileSync(path, bytes);
}

function changeRows(folder: string, sql: string): void {
  const database = new DatabaseSync(join(folder, 'store.sqlite'));
  database.exec(sql);
  database.close();
}

describe('a damaged artifact', () => {
  const damages: [string, keyof typeof sizes, (folder: string, place: string) => void, RegExp][] = [
    ['with a flipped bit', 'large', (_, place) => flipBit(join(place, 'value.bin'), 5000), /checksum/],
    ['cut short', 'large', (_, place) => truncateSync(join(place, 'value.bin'), 5000), /truncated: 5000 of/],
    ['emptied', 'large', (_, place) => truncateSync(join(place, 'value.bin')), /truncated: 0 bytes/],
    ['of foreign bytes', 'large', (_, place) => writeFileSync(join(place, 'value.bin'), 'hello'), /foreign bytes/],
    ['whose file is gone', 'large', (_, place) => rmSync(join(place, 'value.bin')), /the file is missing/],
    ['whose folder is gone', 'large', (_, place) => rmSync(place, { recursive: true }), /the file is missing/],
    ['whose file has become a folder', 'large', (_, place) => {
      rmSync(join(place, 'value.bin'));
      mkdirSync(join(place, 'value.bin'));
    }, /it is a folder/],
    ['in a row with a flipped bit', 'small', (folder) => changeRows(folder, "UPDATE artifact SET bytes = CAST(substr(bytes, 1, 200) || x'07' || substr(bytes, 202) AS BLOB) WHERE bytes IS NOT NULL"), /checksum/],
    ['in a row cut short', 'small', (folder) => changeRows(folder, 'UPDATE artifact SET bytes = substr(bytes, 1, 100)'), /truncated: 100 of/],
    ['in a row that has become a number', 'small', (folder) => changeRows(folder, 'UPDATE artifact SET bytes = 9007199254740993 WHERE bytes IS NOT NULL'), /foreign bytes/],
  ];

  test.each(damages)('%s is named in a warning, forgotten, and can be put again', (_, kind, harm, reason) => {
    const { folder, keys } = filledFolder();
    const key = keys[kind];
    harm(folder, placeOf(folder, key));
    const { store, findings } = reopened(folder);
    expect(store.get(key)).toBeUndefined();
    expect(findings).toMatchObject([{ code: 'artifact-damaged', severity: 'warning', message: expect.stringMatching(reason) as string }]);
    expect(findings[0]!.message).toContain(key);
    expect(store.has(key)).toBe(false);
    expect(store.get(key)).toBeUndefined();
    store.put(key, artifactOf(sizes[kind], 5), someProvenance);
    expectSameArtifact(store.get(key), artifactOf(sizes[kind], 5));
    expectSameArtifact(store.get(keys[kind === 'small' ? 'large' : 'small']), artifactOf(sizes[kind === 'small' ? 'large' : 'small']));
    store.close();
    expect(findings).toHaveLength(1);
  });

  test('that is the whole artifact of another key is refused', () => {
    const { folder, keys } = filledFolder();
    const { store, findings } = reopened(folder);
    const other = store.keyOf('another large one');
    store.put(other, artifactOf(sizes.large, 2), someProvenance);
    cpSync(join(placeOf(folder, keys.large), 'value.bin'), join(placeOf(folder, other), 'value.bin'));
    expect(store.get(other)).toBeUndefined();
    expect(findings[0]!.message).toContain(`it belongs to ${keys.large}`);
    store.close();
  });

  test('is found out by `has` when its file is gone', () => {
    const { folder, keys } = filledFolder();
    rmSync(placeOf(folder, keys.large), { recursive: true });
    const { store, findings } = reopened(folder);
    expect(store.has(keys.large)).toBe(false);
    expect(findings.map(({ code }) => code)).toStrictEqual(['artifact-damaged']);
    store.close();
  });

  test('in its provenance is forgotten with it', () => {
    const { folder, keys } = filledFolder();
    changeRows(folder, "UPDATE artifact SET provenance = '{'");
    const { store, findings } = reopened(folder);
    for (const key of Object.values(keys)) expect(store.provenanceOf(key)).toBeUndefined();
    expect(findings.map(({ code }) => code)).toStrictEqual(['artifact-damaged', 'artifact-damaged']);
    store.close();
  });
});

describe('a damaged checkpoint', () => {
  test.each(['small', 'large'] as const)('(%s) is named in a warning and forgotten', (kind) => {
    const { folder, keys } = filledFolder();
    if (kind === 'small') changeRows(folder, 'UPDATE checkpoint SET bytes = substr(bytes, 2)');
    else {
      const place = join(folder, 'checkpoints', keys.large.slice(0, 2), keys.large);
      flipBit(join(place, readdirSync(place)[0]!), 5000);
    }
    const { store, findings } = reopened(folder);
    expect(store.getCheckpoint(keys[kind], 'slot')).toBeUndefined();
    expect(findings).toMatchObject([{ code: 'checkpoint-damaged', severity: 'warning' }]);
    expect(findings[0]!.message).toContain(keys[kind]);
    expect(store.getCheckpoint(keys[kind], 'slot')).toBeUndefined();
    expect(findings).toHaveLength(1);
    store.close();
  });
});

describe('a store.sqlite that is no store', () => {
  const harms: [string, (path: string) => void, RegExp][] = [
    ['a text', (path) => writeFileSync(path, 'this was a database once, and then it was a text'), /not a database/],
    ['cut short', (path) => truncateSync(path, 5000), /damaged/],
    ['cut within its head', (path) => truncateSync(path, 12), /not a database/],
    ['of zeros', (path) => writeFileSync(path, Buffer.alloc(8192)), /not a database/],
    ['with another file format', (path) => {
      const bytes = readFileSync(path);
      bytes[18] = 9;
      writeFileSync(path, bytes);
    }, /unknown file format/],
    ['of another program', (path) => {
      rmSync(path);
      new DatabaseSync(path).exec('CREATE TABLE song (title TEXT)');
    }, /another program/],
    ['of another version', (path) => new DatabaseSync(path).exec('PRAGMA user_version = 99'), /schema version 99/],
    ['with other tables', (path) => new DatabaseSync(path).exec('DROP TABLE checkpoint'), /other tables/],
    ['a folder', (path) => {
      rmSync(path);
      mkdirSync(path);
    }, /not a file/],
  ];

  test.each(harms)('(%s) is moved aside and told; large artifacts are found again', (_, harm, reason) => {
    const { folder, keys } = filledFolder();
    const path = join(folder, 'store.sqlite');
    harm(path);
    const { store, findings } = reopened(folder);
    expect(findings).toMatchObject([{ code: 'store-damaged', severity: 'warning', message: expect.stringMatching(reason) as string }]);
    expect(findings[0]!.message).toContain(path);
    expect(findings[0]!.message).toContain('store.sqlite.damaged-1');
    expect(existsSync(`${path}.damaged-1`)).toBe(true);

    expect(store.get(keys.small)).toBeUndefined();
    expect(store.has(keys.large)).toBe(true);
    expectSameArtifact(store.get(keys.large), artifactOf(sizes.large));
    expect(store.provenanceOf(keys.large)).toStrictEqual(someProvenance);
    expectSameArtifact(store.getCheckpoint(keys.large, 'slot'), artifactOf(sizes.large));
    store.put(keys.small, artifactOf(sizes.small), someProvenance);
    store.close();
    const next = reopened(folder);
    expectSameArtifact(next.store.get(keys.small), artifactOf(sizes.small));
    expect(next.findings).toStrictEqual([]);
    next.store.close();
  });

  test('does not overwrite what was moved aside before', () => {
    const { folder } = filledFolder();
    const path = join(folder, 'store.sqlite');
    for (const content of ['first', 'second']) {
      writeFileSync(path, content.padEnd(100));
      reopened(folder).store.close();
    }
    expect(readFileSync(`${path}.damaged-1`, 'utf8').trim()).toBe('first');
    expect(readFileSync(`${path}.damaged-2`, 'utf8').trim()).toBe('second');
  });

  test('takes its log along, so that nothing of it is lost', () => {
    const { folder } = filledFolder();
    const path = join(folder, 'store.sqlite');
    const songs = new DatabaseSync(join(folder, 'songs.sqlite'));
    songs.exec("PRAGMA journal_mode = WAL; CREATE TABLE song (title TEXT); INSERT INTO song VALUES ('Lili Marleen')");
    for (const suffix of ['', '-wal']) cpSync(join(folder, `songs.sqlite${suffix}`), path + suffix);
    songs.close();
    const { store, findings } = reopened(folder);
    store.close();
    expect(findings[0]!.message).toMatch(/another program/);
    const aside = new DatabaseSync(`${path}.damaged-1`);
    expect(aside.prepare('SELECT title FROM song').all()).toMatchObject([{ title: 'Lili Marleen' }]);
    aside.close();
  });

  test('in its indices alone is found out too', () => {
    const { folder } = filledFolder();
    const path = join(folder, 'store.sqlite');
    const filler = reopened(folder).store;
    for (let i = 0; i < 50; i++) filler.put(filler.keyOf(i), artifactOf(4000, i), someProvenance);
    const lost = filler.keyOf(7);
    filler.close();
    // The key stands in the table and in its index; the second is changed, and the first cannot be found by it.
    const bytes = readFileSync(path);
    const places = [bytes.indexOf(lost), bytes.indexOf(lost, bytes.indexOf(lost) + 1)];
    expect(places.every((place) => place > 0)).toBe(true);
    bytes.write('0'.repeat(8), places.find((place) => !bytes.subarray(place, place + 100).includes('{'))!);
    writeFileSync(path, bytes);
    const { store, findings } = reopened(folder);
    expect(findings).toMatchObject([{ code: 'store-damaged', message: expect.stringMatching(/it is damaged \(/) as string }]);
    store.close();
  });

  test('that is damaged while it is open is moved aside then, and the work goes on', () => {
    const { folder, keys } = filledFolder();
    const path = join(folder, 'store.sqlite');
    const { store, findings } = reopened(folder);
    for (let i = 0; i < 200; i++) store.put(store.keyOf(i), artifactOf(4000, i), someProvenance);
    // A change by someone else: pages that the store keeps in memory count no more.
    changeRows(folder, 'DELETE FROM checkpoint; PRAGMA wal_checkpoint(TRUNCATE)');
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(statSync(path).size - 2 * 4096, 0x5a), 0, undefined, 2 * 4096);
    closeSync(file);
    for (let i = 0; i < 200; i++) expect(store.get(store.keyOf(i))).toBeUndefined();
    expect(findings.map(({ code }) => code)).toStrictEqual(['store-damaged']);
    store.put(keys.small, artifactOf(sizes.small), someProvenance);
    expectSameArtifact(store.get(keys.small), artifactOf(sizes.small));
    expectSameArtifact(store.get(keys.large), artifactOf(sizes.large));
    store.close();
    expect(existsSync(`${path}.damaged-1`)).toBe(true);
  });
});

test('whatever happens to the bytes of store.sqlite, each artifact comes back whole or not at all', () => {
  const { folder } = filledFolder();
  const path = join(folder, 'store.sqlite');
  const filler = reopened(folder).store;
  const count = 12;
  for (let i = 0; i < count; i++) filler.put(filler.keyOf(i), artifactOf(2400, i), someProvenance);
  filler.close();
  const sound = readFileSync(path);

  const anyHarm = fc.record({
    at: fc.oneof(fc.nat(sound.length - 1), fc.nat(8191)),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 300 }),
  });
  fc.assert(
    fc.property(fc.array(anyHarm, { minLength: 1, maxLength: 6 }), (harms) => {
      for (const name of readdirSync(folder)) if (name.startsWith('store.sqlite')) rmSync(join(folder, name), { recursive: true });
      const harmed = Buffer.from(sound);
      for (const { at, bytes } of harms) harmed.set(bytes.subarray(0, sound.length - at), at);
      writeFileSync(path, harmed);
      const { store, findings } = reopened(folder);
      let missing = 0;
      for (let i = 0; i < count; i++) {
        const key = store.keyOf(i);
        const found = store.get(key);
        if (found) expectSameArtifact(found, artifactOf(2400, i));
        else missing++;
        store.put(key, artifactOf(2400, i), someProvenance);
        expectSameArtifact(store.get(key), artifactOf(2400, i));
      }
      store.close();
      for (const { severity } of findings) expect(severity).toBe('warning');
    }),
    { numRuns: 100 },
  );
});
