/* Runs of the command and of other editors in the same folders: their records change, and so does the list. */
import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';

/** Watches the records of a run folder from now on, once there are some; calling it again does nothing. */
export function createRecordWatch(onChange: (folder: string) => void): (folder: string) => void {
  const watched = new Set<string>();
  return (folder) => {
    const records = join(folder, 'runs');
    if (watched.has(folder) || !existsSync(records)) return;
    watched.add(folder);
    const watcher = watch(records, { persistent: false }, () => onChange(folder));
    // The folder is gone, or the system can watch no more: the list is then as new as the last question.
    watcher.on('error', () => {
      watcher.close();
      watched.delete(folder);
    });
  };
}
