import { dirname, join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { machineFiles } from '#runner/weights/pretrained-file';
import { coreCount, createThreadExecutor } from '#runner/jobs/thread-executor';
import type { CaseOverrides } from '#domain/case';
import { backendChoices } from '#domain/learning';
import type { Finding } from '#domain/finding';
import { type StageName, stageNames } from '#domain/stages';
import type { CaseSpecification, StudySpecification } from '#language/specification/specification';
import { openCluster } from '#runner/cluster/open-cluster';
import { interruption, run } from '#runner/run';
import { settingsText } from '#domain/study';
import { refuseOverrides } from '#runner/study/refusals';
import { type ClusterOptions, clusterSettings, withClusterOptions } from '../cluster-options';
import { pickCase, pickStudy, readCases } from '../read-cases';
import { formatFinding } from '../format-finding';
import { exitCodes, positiveInteger, seedNumber } from '../options';
import { bundlePaths, describeMachine, libraryVersions } from '#runner/machine';
import { runSummary, summaryText } from '../run-summary';
import { createStageProgress } from '../stage-progress';
import { studyEstimateText } from '../study-estimate';

interface RunCommandOptions extends ClusterOptions {
  readonly case?: string;
  readonly study?: string;
  readonly until?: StageName;
  readonly out?: string;
  readonly workers?: number;
  readonly seed?: number;
  readonly size?: number;
  readonly epochs?: number;
  readonly backend?: CaseOverrides['backend'];
  readonly json?: true;
  readonly executor?: 'threads' | 'slurm';
}

/** `xdesign run FILE`: from a specification to validated designs. */
export function runCommand(): Command {
  return withClusterOptions(
    new Command('run')
      .description('Run the cases of a specification to validated designs and a report.')
      .argument('<file>', '.xdesign file')
      .addOption(new Option('--case <name>', 'run this case alone, or this variant of a study').conflicts('study'))
      .option('--study <name>', 'run the variants of this study')
      .addOption(new Option('--until <stage>', 'stop after this stage').choices([...stageNames]))
      .option('--out <dir>', 'run folder for store and results (default: .xdesign next to the file)')
      .option('--workers <n>', 'worker threads (default: one per core); results do not depend on it', positiveInteger)
      .option('--seed <n>', "instead of the database's seed", seedNumber)
      .option('--size <n>', "instead of the database's size, for trials", positiveInteger)
      .option('--epochs <n>', 'instead of the epochs of learning, for trials', positiveInteger)
      .addOption(new Option('--backend <name>', "instead of the case's TensorFlow.js backend").choices(backendChoices))
      .option('--json', 'end standard output with one line of JSON, SI units')
      .addOption(new Option('--executor <name>', 'where jobs run: threads of this machine, or tasks of Slurm').choices(['threads', 'slurm']).default('threads')),
  ).action(runAction);
}

async function runAction(file: string, options: RunCommandOptions): Promise<void> {
  const { seed, size, epochs, backend } = options;
  const overrides: CaseOverrides = {
    ...(seed !== undefined && { seed }),
    ...(size !== undefined && { size }),
    ...(epochs !== undefined && { epochs }),
    ...(backend !== undefined && { backend }),
  };
  const workers = options.workers ?? coreCount();
  const chosen = choose(file, options);
  if (!chosen) {
    process.exitCode = exitCodes.findings;
    return;
  }
  const { cases, study, others } = chosen;
  if (study && refuseOverrides(study, overrides).length === 0) console.error(studyEstimateText(study, workers, overrides));
  if (others.length > 0) console.error(`The file has ${others.length === 1 ? `the study ${others[0]!.name}` : `the studies ${others.map(({ name }) => name).join(', ')}`}, which run by \`--study\`.`);

  const folder = resolve(options.out ?? join(dirname(resolve(file)), '.xdesign'));
  const cluster = options.executor === 'slurm' ? await openCluster(folder, clusterSettings(options)) : undefined;
  if (cluster?.ok === false) {
    for (const finding of cluster.findings) console.error(formatFinding(finding));
    process.exitCode = exitCodes.findings;
    return;
  }

  const progress = createStageProgress({
    rewritable: process.stderr.isTTY,
    write: (text) => process.stderr.write(text),
  });
  const abort = new AbortController();
  const interrupt = (): void => abort.abort();
  // Until the process ends: a second Ctrl-C must not cut off what the first one began. Tasks of a cluster survive all but Ctrl-C.
  process.on('SIGINT', interrupt).on('SIGTERM', () => abort.abort(cluster ? interruption : undefined));
  const onFinding = (finding: Finding): void => {
    progress.breakLine();
    console.error(formatFinding(finding));
  };

  const outcome = await run(
    {
      cases,
      ...(study && { study }),
      overrides,
      startedBy: 'command',
      ...(cluster && { executor: 'slurm' as const }),
      ...(options.until && { until: options.until }),
      folder,
      createExecutor(store) {
        const threads = createThreadExecutor({ workers, ...bundlePaths });
        return cluster?.value.executor(store, threads, { onFinding, onQueue: progress.onQueue }) ?? threads;
      },
      files: machineFiles(),
      provenance: { specification: file, overrides: { ...overrides }, versions: libraryVersions, machine: describeMachine() },
    },
    {
      onCase: (name) => progress.heading(headingOf(name, study)),
      onReading: progress.onReading,
      onStage: progress.onStage,
      onFinding,
    },
    abort.signal,
  );
  progress.breakLine();

  if (outcome.status === 'cancelled') console.error(stoppedText(cluster !== undefined, abort.signal.reason === interruption));
  else for (const line of summaryText(outcome, study && !outcome.study ? { study, until: options.until } : undefined)) console.log(line);
  if (options.json) console.log(JSON.stringify(runSummary(outcome)));
  process.exitCode =
    outcome.status === 'cancelled' ? exitCodes.interrupted
    : outcome.status === 'failed' ? exitCodes.findings
    : exitCodes.success;
}

function stoppedText(onCluster: boolean, leftRunning: boolean): string {
  const resume = 'run the same command to resume.';
  if (!onCluster) return `Stopped. Completed work is kept; ${resume}`;
  return leftRunning ? `Stopped. The tasks in the queue go on; ${resume}` : `Stopped, and the tasks were taken out of the queue. Completed work is kept; ${resume}`;
}

interface Chosen {
  readonly cases: readonly CaseSpecification[];
  /** The study whose variants they are. */
  readonly study?: StudySpecification;
  /** Studies of the file that this run leaves out although it was not told what to run. */
  readonly others: readonly StudySpecification[];
}

/** What the options name; prints what is wrong and returns undefined when there is nothing to run. */
function choose(file: string, options: RunCommandOptions): Chosen | undefined {
  const specification = readCases(file);
  if (!specification) return undefined;
  if (options.study !== undefined) {
    const study = pickStudy(specification, options.study);
    return study && { cases: study.variants, study, others: [] };
  }
  if (options.case === undefined) return { cases: specification.cases, others: specification.studies };
  const named = pickCase(specification, options.case);
  return named && { cases: [named], others: [] };
}

/** `Variant 3 of 7: threshold 0.5` of a study; of other cases, and of those whose network a variant starts from, their name. */
function headingOf(name: string, study: StudySpecification | undefined): string {
  const index = study?.variants.findIndex((variant) => variant.case.name === name) ?? -1;
  if (!study || index < 0) return `Case ${name}`;
  return `Variant ${index + 1} of ${study.variants.length}: ${settingsText(study.variants[index]!.variant?.settings ?? {})}`;
}
