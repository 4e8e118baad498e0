/*
 * The batch script of a task. It unpacks the program to the disk of the node, so that nothing but one file is read
 * over the network, starts it with the Node.js that the submitting machine has, and leaves how it ended.
 *
 * When the batch system warns that the time ends or that the node is needed (USR1), the program saves what is done and
 * the task is put back into the queue.
 */

/** Exit statuses of the task's program and script. */
export const taskStatus = {
  finished: 0,
  /** The orders of the shard are damaged. */
  unreadable: 65,
  /** Node.js does not run on the node. */
  noNode: 72,
  /** The node's own disk takes no program. */
  noScratch: 73,
  /** Stopped before all was done, which is saved. */
  interrupted: 75,
  /** A thread or the program crashed. */
  crashed: 70,
} as const;

/** Arguments of the script, in their order. */
export interface ScriptArguments {
  readonly wave: string;
  /** Shard of task 0. */
  readonly first: number;
  readonly cores: number;
  readonly node: string;
  readonly program: string;
}

export function scriptArguments({ wave, first, cores, node, program }: ScriptArguments): readonly string[] {
  return [wave, String(first), String(cores), node, program];
}

export const taskScript = `#!/bin/bash
# A task of an XDesign run: the jobs of one shard.
set -u
wave=$1; first=$2; cores=$3; node=$4; program=$5
shard=$((first + SLURM_ARRAY_TASK_ID))
attempt="$SLURM_JOB_ID.\${SLURM_RESTART_COUNT:-0}"
here=$(uname -n)

finish() {
  echo "$1 $here" > "$wave/$shard.end.$attempt" && mv "$wave/$shard.end.$attempt" "$wave/$shard.end"
  exit "$1"
}

rm -f "$wave/$shard.end"
echo "Shard $shard on $here, attempt $attempt, $(date -u +%Y-%m-%dT%H:%M:%SZ)"
"$node" --version || finish ${taskStatus.noNode}
scratch=$(mktemp -d "\${SLURM_TMPDIR:-\${TMPDIR:-/tmp}}/xdesign-XXXXXXXX") || finish ${taskStatus.noScratch}
trap 'rm -rf "$scratch"' EXIT
tar -xf "$program" -C "$scratch" || finish ${taskStatus.noScratch}

# When the time ends, in seconds since 1970; 0 where nobody knows. Newer versions of Slurm say so themselves.
end=\${SLURM_JOB_END_TIME:-}
if [ -z "$end" ]; then
  when=$(timeout 20 scontrol show job --oneliner "$SLURM_JOB_ID" 2>/dev/null | sed -n 's/.* EndTime=\\([0-9][0-9T:-]*\\) .*/\\1/p')
  [ -z "$when" ] || end=$(date -d "$when" +%s)
fi
requeue=no
"$node" "$scratch/task.mjs" "$wave" "$shard" "$cores" "$attempt" "\${end:-0}" &
child=$!
trap 'requeue=yes; kill -TERM $child' USR1
trap 'kill -TERM $child' TERM
while :; do
  wait $child
  status=$?
  # A signal ends the wait, not the program.
  kill -0 $child 2>/dev/null || break
done
if [ "$status" = ${taskStatus.interrupted} ] && [ "$requeue" = yes ]; then
  rm -rf "$scratch"
  scontrol requeue "\${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID" && sleep 60
fi
finish "$status"
`;
