import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until there is something; `what` is in the message when it never comes. */
export async function until<T>(what: string, look: () => T | undefined | false | PromiseLike<T | undefined | false>, patience = 60_000): Promise<T> {
  for (const end = Date.now() + patience; ; await sleep(50)) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`There was no ${what} after ${patience / 1000} s.`);
  }
}
