import { existsSync, statfsSync } from 'node:fs';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { Command } from 'commander';
import { probeBackends } from '#runner/backend-host';
import { bundlePaths, version } from '#runner/machine';

/** `xdesign doctor`: what this machine offers. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Say what this machine offers: Node, cores, memory, TensorFlow.js backends, free disk.')
    .option('--json', 'print one JSON object')
    .action(async (options: { json?: true }) => {
      const findings = {
        xdesign: version,
        node: process.versions.node,
        cores: availableParallelism(),
        memory: { total: totalmem(), free: freemem() },
        disk: { folder: process.cwd(), free: freeDisk(process.cwd()) },
        build: Object.fromEntries(Object.entries(bundlePaths).map(([name, path]) => [name, existsSync(path)])),
        backends: await probeBackends(bundlePaths.tensorflowWasmPath),
      };
      if (options.json) {
        console.log(JSON.stringify(findings));
        return;
      }
      console.log(`xdesign   ${findings.xdesign}`);
      console.log(`Node      ${findings.node}`);
      console.log(`cores     ${findings.cores}`);
      console.log(`memory    ${gibibytes(findings.memory.total)} in all, ${gibibytes(findings.memory.free)} free`);
      console.log(`disk      ${gibibytes(findings.disk.free)} free in ${findings.disk.folder}`);
      console.log('TensorFlow.js backends, best first:');
      for (const backend of findings.backends) {
        console.log(`  ${backend.name.padEnd(10)} ${backend.available ? 'available' : `not available: ${backend.reason}`}`);
      }
    });
}

function freeDisk(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
