/** Numbers that increase with every call, and across restarts of the server because they follow the clock. */
export function createRevisions(now: () => number = Date.now): () => number {
  let last = 0;
  return () => (last = Math.max(last + 1, now()));
}
