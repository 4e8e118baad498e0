import { nearestWord } from './nearest-word';
import type { Dimension, Unit } from './quantity';
import { units, unitsOf } from './units';

/** The unit that a symbol means. */
export type ParsedUnit = { readonly ok: true; readonly unit: Unit } | { readonly ok: false };

const bySymbol = new Map<string, Unit>(
  Object.values<Unit>(units).flatMap((unit) => [unit.symbol, ...(unit.otherSymbols ?? [])].map((symbol) => [symbol, unit] as const)),
);

/** Every symbol that is read in its plain form, other spellings included. */
export const unitSymbols: readonly string[] = [...bySymbol.keys()];

/** Looks a symbol up; case counts, as `mPa` and `MPa` differ by nine powers of ten. */
export function parseUnit(symbol: string): ParsedUnit {
  const unit = bySymbol.get(plainSymbol(symbol));
  return unit === undefined ? { ok: false } : { ok: true, unit };
}

/** One spelling of all that mean the same: `N/mm²` and `N/mm^2` are `N/mm2`, `µm/(m·K)` is `um/(m.K)`. */
function plainSymbol(symbol: string): string {
  return symbol
    .trim()
    .replace(/\s*\/\s*/g, '/')
    .replace(/([(])\s+|\s+([)])/g, '$1$2')
    .replace(/\s*[·⋅∙*.]\s*|\s+/g, '.')
    .replace(/[µμ]/g, 'u')
    .replace(/⁻/g, '-')
    .replace(/[¹²³]/g, (digit) => ({ '¹': '1', '²': '2', '³': '3' })[digit]!)
    .replace('^', '');
}

/**
 * The unit of a dimension that an unknown symbol is a misspelling of. A power of ten that the symbol
 * itself names is never another one: `Gpa` is `GPa`, but `mPa` is neither `MPa` nor `Pa`.
 */
export function nearestUnit(symbol: string, dimension: Dimension): Unit | undefined {
  const word = plainSymbol(symbol);
  if (word === '' || prefixedUnit(word) !== undefined) return undefined;
  const candidates = unitsOf(dimension).flatMap((unit) => [unit.symbol, ...(unit.otherSymbols ?? [])].map((spelling) => [spelling, unit] as const));
  const capitals = candidates.find(([spelling]) => spelling.toLowerCase() === word.toLowerCase());
  // The denominator of a quotient is not a spelling mistake: 1/F is not 1/K.
  const near = capitals?.[0] ?? (/[^\p{L}]/u.test(word) ? undefined : nearestWord(word, candidates.map(([spelling]) => spelling).filter((spelling) => sameFirst(word, spelling))));
  const found = candidates.find(([spelling]) => spelling === near);
  return found !== undefined && sameFirst(word, found[0]) ? found[1] : undefined;
}

/** Prefixes of the SI by their power of ten. */
const prefixes: Readonly<Record<string, number>> = {
  Q: 30, R: 27, Y: 24, Z: 21, E: 18, P: 15, T: 12, G: 9, M: 6, k: 3, h: 2, da: 1,
  d: -1, c: -2, m: -3, u: -6, n: -9, p: -12, f: -15, a: -18, z: -21, y: -24, r: -27, q: -30,
};

/** Units that prefixes stand before. */
const bases: Readonly<Record<string, Unit>> = { Pa: units.pascal, rad: units.radian };

/** The unit that a symbol of the SI with a prefix means which this language has no symbol for: `hPa`, `mrad`. */
export function prefixedUnit(symbol: string): Unit | undefined {
  const word = plainSymbol(symbol);
  for (const [name, base] of Object.entries(bases)) {
    const prefix = word.endsWith(name) ? prefixes[word.slice(0, -name.length)] : undefined;
    if (prefix !== undefined && !bySymbol.has(word)) return { symbol: word, dimension: base.dimension, exponent: base.exponent + prefix };
  }
  return undefined;
}

/** Symbols whose first letter is no prefix. */
const bare = /^(?:Pa|psi|rad|deg|ppm)/;

/** First letters alike; where they are prefixes, `m` and `M` are two letters. */
function sameFirst(word: string, spelling: string): boolean {
  const [one, other] = [word[0]!, spelling[0]!];
  if (one === other) return true;
  return one.toLowerCase() === other.toLowerCase() && (bare.test(spelling) || !(one in prefixes && other in prefixes));
}
