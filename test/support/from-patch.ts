import { expect } from 'vitest';

/** The source or origin of a design that was made of a patch. */
export function fromPatch<T extends { readonly kind: string }>(source: T): Extract<T, { readonly kind: 'patch' }> {
  if (source.kind !== 'patch') return expect.fail(`made of a patch, not of ${source.kind}`);
  return source as Extract<T, { readonly kind: 'patch' }>;
}
