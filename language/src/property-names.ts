import type { Property } from './generated/ast';
import type { PropertySpecification } from './specification';

/** What the language's words for properties mean; `undefined` is for broken text. */
export const propertyNames: Readonly<Record<Property, PropertySpecification>> & { readonly [word: string]: PropertySpecification | undefined } = {
  E: 'youngs-modulus',
  poisson: 'poisson-ratio',
  expansion: 'thermal-expansion',
};
