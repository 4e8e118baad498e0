/*
 * One text for one JSON value: names sorted by their UTF-16 code units, no white space, numbers as
 * JavaScript prints them (as in RFC 8785, except that negative zero can be kept). Two values that a
 * program cannot distinguish have the same text, and so the same hash.
 */
import { createHash } from 'node:crypto';
import { type ArtifactKey, BugError, type Json } from '#engine/api';

/**
 * What negative zero becomes: in a description that is hashed it is refused, because −0 and 0 mean
 * the same there and would have two keys; in a header it is kept, because a value comes back as it was.
 */
export type NegativeZero = 'refused' | 'kept';

/** The canonical text of a JSON value. Throws `BugError` for what JSON cannot hold. */
export function canonicalJson(value: Json, negativeZero: NegativeZero): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return numberText(value, negativeZero);
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalJson(item, negativeZero)).join(',')}]`;
  if (isPlainObject(value)) {
    const members = Object.keys(value)
      .sort()
      .map((name) => `${JSON.stringify(name)}:${canonicalJson((value as { readonly [name: string]: Json })[name]!, negativeZero)}`);
    return `{${members.join(',')}}`;
  }
  throw new BugError(`JSON cannot hold ${typeof value === 'object' ? `an instance of ${value.constructor?.name}` : typeof value}`);
}

function numberText(value: number, negativeZero: NegativeZero): string {
  if (!Number.isFinite(value)) throw new BugError(`JSON cannot hold ${value}`);
  if (Object.is(value, -0)) {
    if (negativeZero === 'refused') throw new BugError('a description holds −0: write 0');
    return '-0';
  }
  return String(value);
}

function isPlainObject(value: unknown): value is { readonly [name: string]: Json } {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** The key of a description, in every store the same. */
export function keyOfDescription(description: Json): ArtifactKey {
  return createHash('sha256').update(canonicalJson(description, 'refused')).digest('hex') as ArtifactKey;
}
