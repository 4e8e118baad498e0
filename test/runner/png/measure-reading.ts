/*
 * Reads one PNG file in a process of its own and says what came of it and how far its memory grew, in MB. A process
 * begins with the largest memory of the one that started it, so a small one stands between it and the test.
 */
import { spawnSync } from 'node:child_process';
import { readTwoPhasePng } from '#runner/png/read-two-phase-png';

const [script, path, inner] = process.argv.slice(1) as [string, string, string | undefined];
if (inner === undefined) {
  spawnSync(process.execPath, [script, path, 'inner'], { stdio: 'inherit' });
} else {
  const before = process.resourceUsage().maxRSS;
  const result = await readTwoPhasePng(path);
  const grown = (process.resourceUsage().maxRSS - before) / 1024;
  console.log(JSON.stringify({ outcome: result.ok ? 'read' : result.findings[0]!.code, white: result.ok ? result.value.image.data.reduce((sum, phase) => sum + phase, 0) : 0, grown }));
}
