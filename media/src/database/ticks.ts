/** Round values inside a range, about `wanted` of them, with the digits that tell them apart. */
export function ticksOf(least: number, most: number, wanted: number): { readonly values: readonly number[]; readonly digits: number } {
  const rough = (most - least) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10);
  const first = Math.ceil(least / step - 1e-9);
  const count = Math.floor(most / step + 1e-9) - first + 1;
  return { values: Array.from({ length: count }, (_, i) => (first + i) * step), digits: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) };
}
