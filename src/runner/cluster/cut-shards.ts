/* Which orders a task computes: those that come together, in their order, until the estimate is long enough for a place in a queue. */

/** How many shards there are for so many seconds, of at least `enough` each. */
export function shardCount(seconds: number, enough: number): number {
  return Math.max(1, Math.floor(seconds / enough));
}

/** Cuts items with these seconds of one core into runs of at least `enough` seconds each, but for the last; a single item may take longer. */
export function cutShards<T extends { readonly seconds: number }>(items: readonly T[], enough: number): readonly (readonly T[])[] {
  const total = items.reduce((sum, { seconds }) => sum + seconds, 0);
  // As equal as they can be: a short last shard would wait for a place in the queue as long as the others.
  const goal = total / shardCount(total, enough);
  const shards: T[][] = [];
  let begun = 0;
  for (const item of items) {
    // The shard in which the middle of the item lies.
    const place = Math.floor((begun + item.seconds / 2) / goal);
    const isNew = shards.length === 0 || place >= shards.length;
    if (isNew) shards.push([item]);
    else shards.at(-1)!.push(item);
    begun += item.seconds;
  }
  return shards;
}
