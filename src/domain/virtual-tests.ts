/* The virtual tests and what each of them measures. */
import type { PlaneAssumption } from './materials';
import type { Property } from './objective';

/** Which boundary conditions a number comes from. */
export const virtualTests = ['compression', 'heating', 'periodic'] as const;
export type VirtualTestKind = (typeof virtualTests)[number];

/** What a virtual test needs besides the image and its two phases. */
export interface VirtualTestSettings {
  readonly kind: VirtualTestKind;
  readonly plane: PlaneAssumption;
}

/** Whether the test measures the property; `periodic` measures an expansion where both phases have one. */
export function measures(test: VirtualTestKind, property: Property): boolean {
  return test !== 'compression' || property !== 'thermal-expansion';
}
