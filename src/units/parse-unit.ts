import { nearestWord } from './nearest-word';
import type { Unit } from './quantity';
import { units } from './units';

/** The unit that a symbol means, or the known symbol nearest to it (if any is near). */
export type ParsedUnit = { readonly ok: true; readonly unit: Unit } | { readonly ok: false; readonly nearest?: string };

const bySymbol = new Map<string, Unit>(
  Object.values<Unit>(units).flatMap((unit) => [unit.symbol, ...(unit.otherSymbols ?? [])].map((symbol) => [symbol, unit] as const)),
);

/** Every symbol that is read, other spellings included. */
export const unitSymbols: readonly string[] = [...bySymbol.keys()];

/** Looks a symbol up; case counts, as `mPa` and `MPa` differ by nine powers of ten. */
export function parseUnit(symbol: string): ParsedUnit {
  // `1 / K` and `1/K` are the same words of a sentence.
  const unit = bySymbol.get(symbol.replace(/\s+/g, ''));
  if (unit !== undefined) return { ok: true, unit };
  const nearest = nearestWord(symbol, Object.values<Unit>(units).map((known) => known.symbol));
  return nearest === undefined ? { ok: false } : { ok: false, nearest };
}
