/* Loaded into the processes of runs: writes the largest resident memory of the process, in kilobytes, when it ends. */
import { appendFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const { XDESIGN_MEMORY_FILE: file } = process.env;
if (isMainThread && file) process.on('exit', () => appendFileSync(file, `${process.resourceUsage().maxRSS}\n`));
