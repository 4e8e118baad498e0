import type { Finding } from '#domain/finding';
import type { RunEstimate } from './estimate-run';

const amount = (bytes: number): string => (bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`);

/** A finding `run-exceeds-disk` when a run will probably need more than the free bytes. */
export function warnDisk({ diskBytes }: RunEstimate, free: number): Finding | undefined {
  if (diskBytes <= free) return undefined;
  return {
    code: 'run-exceeds-disk',
    severity: 'warning',
    message: `A run will take about ${amount(diskBytes)} of the disk; ${amount(free)} are free.`,
    remedy: 'Make room, take fewer images or a lower resolution, or give another run folder by `--out`.',
  };
}
