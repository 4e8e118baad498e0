/*
 * Files for those who start runs by a workflow of their own: each case is one rule, whose command submits the shards of
 * the case. Cases have run folders of their own, because one run at a time uses a run folder.
 */
import { join } from 'node:path';
import type { ClusterSettings } from './cluster-settings';

export interface Workflow {
  /** Absolute paths. */
  readonly file: string;
  readonly runFolder: string;
  /** Names. */
  readonly cases: readonly string[];
  readonly settings: ClusterSettings;
}

/** The files by their names. */
export function workflowFiles({ file, runFolder, cases, settings }: Workflow): Readonly<Record<string, string>> {
  const options = clusterWords(settings).map(quoted).join(' ');
  const command = (name: string, folder: string): string => `xdesign run ${quoted(file)} --case ${name} --out ${folder} --executor slurm${options === '' ? '' : ` ${options}`}`;
  const folderOf = join(runFolder, '..', '.xdesign-');
  return {
    'run.sbatch': `#!/bin/bash
# One small job that leads the run: it submits the shards of each case and waits for them. Submit it by: sbatch run.sbatch
#SBATCH --job-name=xdesign
#SBATCH --cpus-per-task=2
#SBATCH --mem=4G
#SBATCH --requeue
${settings.partition === undefined ? '' : `#SBATCH --partition=${settings.partition}\n`}${settings.account === undefined ? '' : `#SBATCH --account=${settings.account}\n`}set -e
for name in ${cases.map(quoted).join(' ')}; do
  ${command('"$name"', quoted(runFolder))}
done
`,
    Snakefile: `# Each case is one rule: snakemake --cores 2 --jobs ${cases.length}
CASES = [${cases.map((name) => JSON.stringify(name)).join(', ')}]

rule all:
    input: expand("done/{case}", case=CASES)

rule design:
    output: touch("done/{case}")
    threads: 1
    retries: 2
    shell: ${JSON.stringify(command('{wildcards.case}', `${quoted(folderOf)}{wildcards.case}`))}
`,
    'main.nf': `// Each case is one process: nextflow run main.nf
process design {
    errorStrategy 'retry'
    maxRetries 2
    input:
    val name
    script:
    """
    ${command('$name', `${quoted(folderOf)}$name`)}
    """
}

workflow {
    Channel.of(${cases.map((name) => JSON.stringify(name)).join(', ')}) | design
}
`,
  };
}

/** The settings as options of the command; what the command has no option for stays in cluster.json. */
function clusterWords({ partition, account, time, memory, cores, throttle, options }: ClusterSettings): readonly string[] {
  const given: readonly [string, string | number | undefined][] = [
    ['partition', partition], ['account', account], ['time', time], ['mem', memory], ['cores', cores], ['array-throttle', throttle],
    ['sbatch', options.length === 0 ? undefined : options.join(' ')],
  ];
  return given.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`]));
}

/** For a shell. */
function quoted(word: string): string {
  return /^[\w./=:@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
