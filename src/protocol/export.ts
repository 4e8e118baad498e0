/* A design as a file: the server writes its bytes, the client decides where they go. */
import type { RequestMethod } from './methods';
import type { ComputedFormat } from './panel-messages';
import type { RunReference } from './runs';
import type { Arm, WireFinding } from './vocabulary';

export interface ExportParams extends RunReference {
  readonly arm: Arm;
  readonly rank: number;
  readonly format: ComputedFormat;
}

export type ExportAnswer =
  /** `bytes` in base64. */
  | { readonly kind: 'file'; readonly fileName: string; readonly bytes: string }
  | { readonly kind: 'refused'; readonly findings: readonly WireFinding[] };

export const exportDesign: RequestMethod<ExportParams, ExportAnswer> = { method: 'xdesign/exportDesign' };
