import { dirname, join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { machineFiles } from '#runner/weights/pretrained-file';
import { coreCount, createThreadExecutor } from '#runner/jobs/thread-executor';
import type { CaseOverrides } from '#domain/case';
import { backendChoices } from '#domain/learning';
import { type StageName, stageNames } from '#domain/stages';
import { run } from '#runner/run';
import { pickCase, readCases } from '../read-cases';
import { formatFinding } from '../format-finding';
import { exitCodes, positiveInteger, seedNumber } from '../options';
import { bundlePaths, describeMachine, libraryVersions } from '#runner/machine';
import { runSummary, summaryText } from '../run-summary';
import { createStageProgress } from '../stage-progress';

interface RunCommandOptions {
  readonly case?: string;
  readonly until?: StageName;
  readonly out?: string;
  readonly workers?: number;
  readonly seed?: number;
  readonly size?: number;
  readonly epochs?: number;
  readonly backend?: CaseOverrides['backend'];
  readonly json?: true;
}

/** `xdesign run FILE`: from a specification to validated designs. */
export function runCommand(): Command {
  return new Command('run')
    .description('Run the cases of a specification to validated designs and a report.')
    .argument('<file>', '.xdesign file')
    .option('--case <name>', 'run this case alone')
    .addOption(new Option('--until <stage>', 'stop after this stage').choices([...stageNames]))
    .option('--out <dir>', 'run folder for store and results (default: .xdesign next to the file)')
    .option('--workers <n>', 'worker threads (default: one per core); results do not depend on it', positiveInteger)
    .option('--seed <n>', "instead of the database's seed", seedNumber)
    .option('--size <n>', "instead of the database's size, for trials", positiveInteger)
    .option('--epochs <n>', 'instead of the epochs of learning, for trials', positiveInteger)
    .addOption(new Option('--backend <name>', "instead of the case's TensorFlow.js backend").choices(backendChoices))
    .option('--json', 'end standard output with one line of JSON, SI units')
    .action(runAction);
}

async function runAction(file: string, options: RunCommandOptions): Promise<void> {
  const all = readCases(file);
  const named = all && options.case !== undefined ? pickCase(all, options.case) : undefined;
  const cases = options.case === undefined ? all : named && [named];
  if (!cases) {
    process.exitCode = exitCodes.findings;
    return;
  }

  const progress = createStageProgress({
    rewritable: process.stderr.isTTY,
    write: (text) => process.stderr.write(text),
  });
  const abort = new AbortController();
  const interrupt = (): void => abort.abort();
  // Until the process ends: a second Ctrl-C must not cut off what the first one began.
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);

  const { seed, size, epochs, backend } = options;
  const overrides: CaseOverrides = {
    ...(seed !== undefined && { seed }),
    ...(size !== undefined && { size }),
    ...(epochs !== undefined && { epochs }),
    ...(backend !== undefined && { backend }),
  };
  const outcome = await run(
    {
      cases,
      overrides,
      startedBy: 'command',
      ...(options.until && { until: options.until }),
      folder: resolve(options.out ?? join(dirname(resolve(file)), '.xdesign')),
      createExecutor: () => createThreadExecutor({ workers: options.workers ?? coreCount(), ...bundlePaths }),
      files: machineFiles(),
      provenance: { specification: file, overrides: { ...overrides }, versions: libraryVersions, machine: describeMachine() },
    },
    {
      onCase: (name) => progress.heading(`Case ${name}`),
      onStage: progress.onStage,
      onFinding(finding) {
        progress.breakLine();
        console.error(formatFinding(finding));
      },
    },
    abort.signal,
  );
  progress.breakLine();

  if (outcome.status === 'cancelled') console.error('Stopped. Completed work is kept; run the same command to resume.');
  else for (const line of summaryText(outcome)) console.log(line);
  if (options.json) console.log(JSON.stringify(runSummary(outcome)));
  process.exitCode =
    outcome.status === 'cancelled' ? exitCodes.interrupted
    : outcome.status === 'failed' ? exitCodes.findings
    : exitCodes.success;
}
