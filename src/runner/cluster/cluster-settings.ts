/* How a run uses a cluster: options of the command, or `cluster.json` in the run folder, which has the same names. */
import { join } from 'node:path';
import { success, type Finding, type Result } from '#domain/finding';
import { nearestWord } from '#units/nearest-word';
import { readIfThere } from '#runner/store/whole-files';

export interface ClusterSettings {
  readonly partition?: string;
  readonly account?: string;
  /** Longest time of a task, as Slurm writes it: `02:00:00`, `1-12`, or minutes. */
  readonly time?: string;
  /** Memory of a task, as Slurm writes it: `4G`. */
  readonly memory?: string;
  /** Cores of a task. */
  readonly cores: number;
  /** Tasks that run at the same time; all that the queue starts without it. */
  readonly throttle?: number;
  /** Minutes that a task should take by the estimate. */
  readonly shardMinutes: number;
  /** Minutes of one core by the estimate below which this machine computes itself. */
  readonly localMinutes: number;
  /** Seconds between questions to the queue. */
  readonly pollSeconds: number;
  /** Further options of `sbatch`, one word each. */
  readonly options: readonly string[];
}

export const standardSettings: ClusterSettings = { cores: 1, shardMinutes: 10, localMinutes: 2, pollSeconds: 5, options: [] };

/** Name of a setting: what it is, for messages, and whether a value is one. */
const entries: { readonly [N in keyof Required<ClusterSettings>]: { readonly what: string; accepts(value: unknown): boolean } } = {
  partition: { what: 'the name of a partition', accepts: isWord },
  account: { what: 'the name of an account', accepts: isWord },
  time: { what: 'a time such as "02:00:00", "1-12" or "90"', accepts: (value) => typeof value === 'string' && /^(\d+|\d+:\d+(:\d+)?|\d+-\d+(:\d+){0,2})$/.test(value) },
  memory: { what: 'an amount of memory such as "4G"', accepts: (value) => typeof value === 'string' && /^\d+[KMGT]?$/.test(value) },
  cores: { what: 'a whole number of at least 1', accepts: (value) => isWhole(value) },
  throttle: { what: 'a whole number of at least 1', accepts: (value) => isWhole(value) },
  shardMinutes: { what: 'a number of minutes above 0', accepts: isPositive },
  localMinutes: { what: 'a number of minutes of at least 0', accepts: (value) => value === 0 || isPositive(value) },
  pollSeconds: { what: 'a number of seconds above 0', accepts: isPositive },
  options: { what: 'a list of words such as ["--qos=long"]', accepts: (value) => Array.isArray(value) && value.every((word) => typeof word === 'string') },
};

/** The settings of a run folder with what the options of a command say instead. Findings: `cluster-settings`. */
export function readClusterSettings(runFolder: string, given: Partial<ClusterSettings> = {}): Result<ClusterSettings> {
  const path = join(runFolder, 'cluster.json');
  const bytes = readIfThere(path);
  const written = bytes === undefined ? {} : parse(Buffer.from(bytes).toString());
  if (written === undefined) return { ok: false, findings: [wrong(`${path} is not a JSON object.`, `Write an object such as { "partition": "short", "time": "02:00:00" }.`)] };
  const findings = [...check(written, path), ...check(given, 'The command')];
  return findings.length > 0 ? { ok: false, findings } : success({ ...standardSettings, ...written, ...given });
}

function check(values: Readonly<Record<string, unknown>>, where: string): Finding[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (!Object.hasOwn(entries, name)) {
      const meant = nearestWord(name, Object.keys(entries));
      return [wrong(`${where} has the setting "${name}", which does not exist.`, meant === undefined ? `The settings are ${Object.keys(entries).join(', ')}.` : `Did you mean "${meant}"?`)];
    }
    const { what, accepts } = entries[name as keyof ClusterSettings];
    return accepts(value) ? [] : [wrong(`${where} has ${JSON.stringify(value)} as ${name}.`, `Give ${what}.`)];
  });
}

function wrong(message: string, remedy: string): Finding {
  return { code: 'cluster-settings', severity: 'error', message, remedy };
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function isWord(value: unknown): boolean {
  return typeof value === 'string' && /^\S+$/.test(value);
}

function isWhole(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 1;
}

function isPositive(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}
