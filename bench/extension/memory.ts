import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

interface Process {
  readonly command: string;
  readonly megabytes: number;
}

/** How long the processes of a window that is gone may take to end. */
const patience = 120_000;

/** Processes that run the extension's code: its host, the language server and what that starts. VS Code's own are not counted. */
const ours = /--type=extensionHost|dist\/(server|views|run)\.mjs/;

/** Resident memory of the extension's processes in a group, MB, once one language server alone is in it. */
export async function residentMegabytes(group: number): Promise<number> {
  for (const end = Date.now() + patience; ; await sleep(250)) {
    const processes = processesOf(group);
    if (processes.filter(({ command }) => command.includes('server.mjs')).length === 1) return processes.filter(({ command }) => ours.test(command)).reduce((sum, { megabytes }) => sum + megabytes, 0);
    if (Date.now() > end) throw new Error(`Language servers of earlier windows go on:\n${processes.map(({ command }) => command).join('\n')}`);
  }
}

/** From /proc, which Linux has. */
function processesOf(group: number): readonly Process[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The name in parentheses may have blanks; the group is the third word after it.
      if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]) !== group) return [];
      const resident = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'));
      return [{ command: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' '), megabytes: Number(resident?.[1] ?? 0) / 1000 }];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}
