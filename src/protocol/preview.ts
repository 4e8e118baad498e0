/* What a change of the text would do to a design, before anything is saved or run. */
import type { StageName } from '#domain/stages';
import type { PackedImages } from './packed';
import type { DesignNumbers, DesignOrigin } from './result';
import type { CaseReference } from './runs';
import type { WireFinding } from './vocabulary';

export interface PreviewParams extends CaseReference {
  /** Of the open document. A response for an older version is `superseded`. */
  readonly version: number;
  /** Which image's designs are wanted, by its index in the database; by default that of the run's best design, else the most exceptional one. */
  readonly image?: number;
}

export type PreviewResponse =
  | ({ readonly kind: 'designs' } & PreviewView)
  /** The change touches this stage, which only a run can do: start one up to it. */
  | { readonly kind: 'needs-run'; readonly stage: StageName }
  /** A newer request came, or the text has changed since. */
  | { readonly kind: 'superseded' }
  | { readonly kind: 'refused'; readonly findings: readonly WireFinding[] };

/** The designs of one exceptional image under the text's settings. */
export interface PreviewView {
  readonly version: number;
  /** As in `ListResponse`. */
  readonly revision: number;
  /** Index of the image in the database. */
  readonly image: number;
  /** The best first; none when every patch was refused. */
  readonly designs: readonly PreviewDesign[];
  /** Pictures of `designs`, in their order. */
  readonly images: PackedImages;
  /** Skeletons of `designs`, mirrored, before thickening; absent where the construction draws none. */
  readonly skeletons?: PackedImages;
  /** Critical regions of `designs` in the image. */
  readonly regions: PackedImages;
  readonly refusals: readonly { readonly reason: string; readonly message: string; readonly count: number }[];
  /** From the request's arrival to the response. */
  readonly milliseconds: number;
}

export interface PreviewDesign extends DesignNumbers {
  readonly origin: DesignOrigin;
}
