#!/bin/bash
# What the commands of a Slurm print, for the tests of their readers: as root, with SLURM_CONF of a node with two cores
# that runs nothing else (scripts/slurm/one-node.mjs, arrays below 12). Four minutes. Made with Slurm 22.05.8 of Debian 12.
set -u
cd "$(dirname "$0")"
export LC_ALL=C
script=$(mktemp)
trap 'rm -f "$script"' EXIT
cat > "$script" <<'TASK'
#!/bin/bash
case $SLURM_ARRAY_TASK_ID in 0) exit 0 ;; 1) exit 3 ;; 2) kill -9 $$ ;; *) sleep 300 ;; esac
TASK
array=$(sbatch --parsable --array=0-7%2 --time=1 --requeue --chdir=/ --job-name=trial --output=/dev/null "$script")
next=$(sbatch --parsable --array=0 --dependency=afterany:"$array" --chdir=/ --job-name=trial --output=/dev/null "$script")
queue() { squeue --noheader --array --jobs="$array,$next" '--format=%F|%K|%t|%R' --states=all; }
until queue | grep -q '|4|R'; do sleep 0.2; done
queue > queue.txt
for index in 0 1 2 4 5; do scontrol show job --oneliner "${array}_$index"; done > details.txt
scancel "${array}_[5-7]" "${array}_3"
sleep 2
queue > queue-cancelled.txt
scontrol show job --oneliner "${array}_5" > no-details.txt 2>&1
until scontrol show job --oneliner "${array}_4" | grep -q TIMEOUT; do sleep 1; done
scontrol show job --oneliner "$array" > details-cancelled.txt
scontrol show config | grep -E 'Max|MinJobAge' > config.txt
refuse() { echo "# $*"; "$@" 2>&1; }
{
  refuse sbatch --array=12 "$script"
  refuse sbatch --partition=none "$script"
  refuse sbatch --time=bogus "$script"
  refuse sbatch --mem=9999G "$script"
  refuse sbatch --bogus "$script"
  refuse squeue --jobs=4711
  refuse sacct --jobs="$array"
  refuse sacctmgr show association
} > refusals.txt
scancel "$next"
sed -i "s|$script|script|" ./*.txt
sed 's/^SlurmctldPort=.*/SlurmctldPort=1/' "$SLURM_CONF" > "$script"
for command in 'scontrol show config' 'squeue --jobs=1' 'scancel 1'; do SLURM_CONF=$script refuse $command; done > silence.txt
