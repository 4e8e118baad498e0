import { availableParallelism, loadavg } from 'node:os';

/**
 * How many times longer this machine takes at the moment for what it can do alone: processes that want to run per
 * core, over the last minute, and 1 where the system does not count them. Limits of time are multiplied by it.
 */
export const slowdown = (): number => Math.max(1, loadavg()[0]! / availableParallelism());
