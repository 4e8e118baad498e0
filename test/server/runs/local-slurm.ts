/* Commands with the names of Slurm's on the path: their tasks are processes of this machine, which begin at once unless they are held. */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { temporaryFolder } from '#test/support/temporary-folder';

export interface LocalSlurm {
  /** Arrays that `sbatch` took, by their options. */
  submitted(): readonly string[];
  /** Arguments of each `scancel`. */
  cancelled(): readonly string[];
  /** Tasks that come now wait until they are released. */
  hold(): void;
  release(): void;
}

/** Puts the commands on the path of this test, and of the programs that it starts. */
export function installSlurm(): LocalSlurm {
  const folder = temporaryFolder();
  const [commands, state] = [join(folder, 'bin'), join(folder, 'state')];
  mkdirSync(commands);
  mkdirSync(join(state, 'arrays'), { recursive: true });
  for (const [name, text] of Object.entries(scripts(state))) {
    writeFileSync(join(commands, name), `#!/bin/bash\nstate='${state}'\n${text}`);
    chmodSync(join(commands, name), 0o755);
  }
  vi.stubEnv('PATH', `${commands}${delimiter}${process.env['PATH']}`);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const lines = (name: string): readonly string[] => (existsSync(join(state, name)) ? readFileSync(join(state, name), 'utf8').trim().split('\n') : []);
  return {
    submitted: () => lines('submitted'),
    cancelled: () => lines('cancelled'),
    hold: () => writeFileSync(join(state, 'hold'), ''),
    release: () => rmSync(join(state, 'hold')),
  };
}

/** A task has a file in the folder of its array: `INDEX.held` with its command, or `INDEX` with its process. */
const start = `start() { # file of a held task
  local file=\${1%.held} command
  command=$(cat "$1") && rm "$1"
  eval "setsid env $command" < /dev/null &
  echo $! > "$file"
}
`;

const scripts = (state: string): Readonly<Record<string, string>> => ({
  sbatch: `${start}
echo "$*" >> "${state}/submitted"
while [[ $1 == --* ]]; do
  case $1 in
    --array=*) indices=\${1#--array=} ;;
    --output=*) log=\${1#--output=} ;;
  esac
  shift
done
array=1
until mkdir "$state/arrays/$array" 2> /dev/null; do array=$((array + 1)); done
for range in $(echo "\${indices%\\%*}" | tr , ' '); do
  for index in $(seq "\${range%-*}" "\${range#*-}"); do
    held="$state/arrays/$array/$index.held"
    printf '%q ' SLURM_JOB_ID=$array$index SLURM_ARRAY_JOB_ID=$array SLURM_ARRAY_TASK_ID=$index SLURM_RESTART_COUNT=0 SLURM_JOB_END_TIME=0 bash "$@" > "$held"
    printf '> %q 2>&1' "\${log//%a/$index}" >> "$held"
    [ -e "$state/hold" ] || start "$held"
  done
done
echo $array
`,
  squeue: `${start}
for file in "$state"/arrays/*/*; do
  [ -e "$file" ] || continue
  array=$(basename "$(dirname "$file")")
  index=$(basename "$file" .held)
  if [[ $file == *.held ]]; then
    if [ -e "$state/hold" ]; then echo "$array|$index|PD|(Resources)"; continue; fi
    start "$file"
  fi
  # Of a process that has ended nobody can read how it was started.
  [ -z "$(tr -d '\\0' < "/proc/$(cat "$state/arrays/$array/$index")/cmdline" 2> /dev/null)" ] || echo "$array|$index|R|here"
done 2> /dev/null
`,
  scancel: `echo "$*" >> "$state/cancelled"
for file in "$state/arrays/\${1%%_*}"/*; do
  if [[ $file == *.held ]]; then rm "$file"; else kill -- "-$(cat "$file")"; fi
done 2> /dev/null
exit 0
`,
  scontrol: `[ "$1 $2" = 'show config' ] && echo 'MaxArraySize            = 1001'\n`,
  sacctmgr: 'exit 0\n',
  sacct: 'exit 1\n',
});
