/** Linear between the sorted values; the first of them is quantile 0. Undefined without values. */
export function quantile(sorted: ArrayLike<number>, share: number): number | undefined {
  if (sorted.length === 0) return undefined;
  const place = share * (sorted.length - 1);
  const lower = sorted[Math.floor(place)]!;
  const upper = sorted[Math.ceil(place)]!;
  return lower + (upper - lower) * (place - Math.floor(place));
}
