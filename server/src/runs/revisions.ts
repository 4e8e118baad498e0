/** Numbers that grow with every call, beyond the server's own life: no clock of ours runs backwards by more than its life. */
export function createRevisions(now: () => number = Date.now): () => number {
  let last = 0;
  return () => (last = Math.max(last + 1, now()));
}
