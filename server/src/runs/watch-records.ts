/* Watches the records of run folders, which the command and other editors change too. */
import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';

/** Returns a function that starts to watch the records of a run folder, if it has any; further calls have no effect. */
export function createRecordWatch(onChange: (folder: string) => void): (folder: string) => void {
  const watched = new Set<string>();
  return (folder) => {
    const records = join(folder, 'runs');
    if (watched.has(folder) || !existsSync(records)) return;
    watched.add(folder);
    const watcher = watch(records, { persistent: false }, () => onChange(folder));
    // The folder is gone, or the system cannot watch more files. The list is then updated only on request.
    watcher.on('error', () => {
      watcher.close();
      watched.delete(folder);
    });
  };
}
