/* Loaded into the processes of runs: writes what the process used when it ends, as a line of JSON. */
import { appendFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const { XDESIGN_USAGE_FILE: file } = process.env;
if (isMainThread && file) {
  process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    appendFileSync(file, `${JSON.stringify({ memory: 1024 * maxRSS, processorSeconds: (userCPUTime + systemCPUTime) / 1e6 })}\n`);
  });
}
