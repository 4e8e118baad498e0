/*
 * A process that uses a run folder, for tests of what happens between processes:
 *
 *   fill FOLDER             puts artifact 0, 1, 2 … (every third a large one) and says each number, until killed
 *   share FOLDER FROM TO    puts artifacts FROM ≤ i < TO, reads them back, says "done"
 *   hold FOLDER FILE [read] begins an exclusive transaction in a database of the folder, or one that only reads, says "held", then waits until killed
 *   lock FOLDER             takes the run folder and says the findings as JSON, then waits until killed
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { acquireRunFolder } from '#runner/run-folder/run-folder';
import { openStore, type RunStore } from '#runner/store/store';
import { artifactOf, someProvenance } from './numbered-artifacts';

const [command, folder, from, to] = process.argv.slice(2) as [string, string, string, string];
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const open = (): RunStore =>
  openStore(folder, (finding) => {
    throw new Error(finding.message);
  });

if (command === 'fill') {
  const store = open();
  for (let i = 0; ; i++) {
    store.put(store.keyOf(i), artifactOf(i), someProvenance);
    store.putCheckpoint(store.keyOf('owner'), 'slot', artifactOf(i));
    say(String(i));
  }
} else if (command === 'share') {
  const store = open();
  for (let i = Number(from); i < Number(to); i++) {
    store.put(store.keyOf(i), artifactOf(i), someProvenance);
    if (store.get(store.keyOf(i))?.arrays['values']?.[0] !== i) throw new Error(`artifact ${i} is not what was put`);
  }
  store.close();
  say('done');
} else if (command === 'hold') {
  const database = new DatabaseSync(join(folder, from));
  database.exec(to === 'read' ? 'BEGIN; SELECT count(*) FROM sqlite_schema' : 'BEGIN EXCLUSIVE');
  say('held');
  setInterval(() => database.isOpen, 1000);
} else if (command === 'lock') {
  const taken = acquireRunFolder(folder);
  say(JSON.stringify(taken.ok ? [] : taken.findings));
  setInterval(() => undefined, 1000);
} else {
  throw new Error(`unknown command ${command}`);
}
