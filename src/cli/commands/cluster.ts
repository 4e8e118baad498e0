import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import { durationText, roughDurationText } from '#display/durations';
import { bytesText, counted } from '#display/numbers';
import { readClusterSettings } from '#runner/cluster/cluster-settings';
import { planRun, type RunPlan } from '#runner/cluster/plan-run';
import { createSlurmQueue, isSlurmThere } from '#runner/cluster/slurm-queue';
import { standardLimits } from '#runner/cluster/slurm-words';
import { workflowFiles } from '#runner/cluster/workflow-files';
import { type ClusterOptions, clusterSettings, withClusterOptions } from '../cluster-options';
import { formatFinding } from '../format-finding';
import { exitCodes } from '../options';
import { readCases } from '../read-cases';

interface PlanOptions extends ClusterOptions {
  readonly out?: string;
  readonly script?: string;
}

/** `xdesign cluster plan FILE`: what a run on a cluster would submit. */
export function clusterCommand(): Command {
  const plan = new Command('plan')
    .description('Say what a run on a cluster would submit, and submit nothing.')
    .argument('<file>', '.xdesign file')
    .option('--out <dir>', 'run folder (default: .xdesign next to the file)')
    .option('--script <dir>', 'also write a script for sbatch, a Snakefile and a Nextflow script that run each case');
  return new Command('cluster').description('Plan runs on a cluster; `run --executor slurm` is how they run.').addCommand(withClusterOptions(plan).action(planAction));
}

async function planAction(file: string, options: PlanOptions): Promise<void> {
  const runFolder = resolve(options.out ?? join(dirname(resolve(file)), '.xdesign'));
  const settings = readClusterSettings(runFolder, clusterSettings(options));
  const specification = readCases(file);
  if (!settings.ok) for (const finding of settings.findings) console.error(formatFinding(finding));
  if (!specification || !settings.ok) {
    process.exitCode = exitCodes.findings;
    return;
  }
  const limits = isSlurmThere() ? await createSlurmQueue().limits() : undefined;
  if (limits?.ok === false) for (const finding of limits.findings) console.error(formatFinding({ ...finding, severity: 'warning' }));
  const known = limits?.ok ? limits.value : standardLimits;
  for (const { case: planned } of specification.cases) for (const line of planText(planned.name, planRun(planned, settings.value, known))) console.log(line);
  if (!limits?.ok) console.log(`Arrays of at most ${known.arraySize} tasks, which is Slurm's default: this machine has no Slurm that answers.`);
  if (options.script === undefined) return;
  const folder = resolve(options.script);
  mkdirSync(folder, { recursive: true });
  const files = workflowFiles({ file: resolve(file), runFolder, cases: specification.cases.map(({ case: { name } }) => name), settings: settings.value });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  console.log(`Written to ${folder}: ${Object.keys(files).join(', ')}.`);
}

function planText(name: string, { stages, coreSeconds, seconds, tasksAtOnce, memoryBytes, diskBytes, waveBytes }: RunPlan): readonly string[] {
  const width = Math.max(...stages.map(({ stage }) => stage.length));
  const rows = stages.map(({ stage, shards, arrays, cores, coreSeconds: work, taskSeconds }) => {
    const where = shards === 0 ? 'on this machine' : `${counted(shards, 'task')} of ${counted(cores, 'core')}, ${roughDurationText(taskSeconds)} each${arrays > 1 ? `, in ${arrays} arrays` : ''}`;
    return `  ${stage.padEnd(width)}  ${durationText(work).padStart(10)}  ${where}`;
  });
  return [
    `Case ${name}, by the estimate, in core time:`,
    ...rows,
    `  ${(coreSeconds / 3600).toPrecision(3)} core hours; ${roughDurationText(seconds)} with ${counted(tasksAtOnce, 'task')} at the same time and no other wait in the queue.`,
    `  Each task takes about ${bytesText(memoryBytes)} of memory; the run folder ${bytesText(diskBytes)} on the disk, and up to ${bytesText(waveBytes)} more while the run lasts.`,
  ];
}
