/* The virtual test of a picture from disk with a case's materials. */
import type { VirtualTestKind } from '#domain/virtual-tests';
import type { TestNumbers } from './result';
import type { CaseReference } from './runs';
import type { PropertyDisplay, WireFinding } from './vocabulary';

export interface SimulateParams extends CaseReference {
  /** URI of a two-phase PNG. */
  readonly image: string;
  /** The case's own by default. */
  readonly test?: VirtualTestKind;
  /** The brightness above which pixels are white, in the values of the file, for images of more than two colors. */
  readonly whiteAbove?: number;
}

export type SimulateResponse =
  | { readonly kind: 'tested'; readonly numbers: TestNumbers; readonly displays: readonly PropertyDisplay[]; readonly findings: readonly WireFinding[] }
  | { readonly kind: 'refused'; readonly findings: readonly WireFinding[] };
