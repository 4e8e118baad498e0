import type { Property } from '#domain/objective';
import type { Property as PropertyWord } from './generated/ast';

/** What the language's words for properties mean; `undefined` is for broken text. */
export const propertyNames: Readonly<Record<PropertyWord, Property>> & { readonly [word: string]: Property | undefined } = {
  E: 'youngs-modulus',
  poisson: 'poisson-ratio',
  expansion: 'thermal-expansion',
};
