import { ensure } from '#engine/core/bug-error';
import type { Property } from '#engine/core/material';
import type { SensitivityField, VirtualTestFields } from '#engine/fem/solve-fields';

/** Derivative of a property with respect to each pixel's white share, by direction. */
export type Sensitivity = SensitivityField;

/** A property's sensitivity; a test that does not give it is a bug, as the language refuses the case. */
export function sensitivityOf(fields: VirtualTestFields, property: Property): Sensitivity {
  const field =
    property === 'youngs-modulus' ? fields.youngsModulus
    : property === 'poisson-ratio' ? fields.poissonRatio
    : fields.thermalExpansion;
  ensure(field !== undefined, `the test gives no sensitivity of ${property}`);
  return field;
}
