/* What is computed without a run: previews of an edited file, and the virtual test of an image from disk. */
import type { Finding } from '#domain/finding';
import type { StageName } from '#domain/stages';
import type { VirtualTestKind } from '#domain/virtual-tests';
import type { PackedImages } from './packed';
import type { DesignNumbers, DesignOrigin, TestNumbers } from './result';
import type { CaseReference } from './runs';
import type { PropertyDisplay } from '#display/properties';

export interface PreviewParams extends CaseReference {
  /** Of the open document. A response for an older version is `superseded`. */
  readonly version: number;
  /** The image whose designs are previewed, by its index in the database; by default that of the run's best design, else the most exceptional one. */
  readonly image?: number;
}

export type PreviewResponse =
  | ({ readonly kind: 'designs' } & PreviewView)
  /** The change affects this stage, which only a run can compute: start one up to it. */
  | { readonly kind: 'needs-run'; readonly stage: StageName }
  /** A newer request arrived, or the file has changed since. */
  | { readonly kind: 'superseded' }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

/** The designs of one exceptional image with the settings of the file. */
export interface PreviewView {
  readonly version: number;
  /** As in `ListResponse`. */
  readonly revision: number;
  /** Index of the image in the database. */
  readonly image: number;
  /** The best first; empty when every patch was refused. */
  readonly designs: readonly PreviewDesign[];
  /** Images of `designs`, in the same order. */
  readonly images: PackedImages;
  /** Skeletons of the cells of `designs`, before thickening; absent where the construction draws none. */
  readonly skeletons?: PackedImages;
  /** Critical regions of `designs` in the image. */
  readonly regions: PackedImages;
  readonly refusals: readonly { readonly reason: string; readonly message: string; readonly count: number }[];
  /** Time from the request to the response. */
  readonly milliseconds: number;
}

export interface PreviewDesign extends DesignNumbers {
  readonly origin: DesignOrigin;
}

export interface SimulateParams extends CaseReference {
  /** URI of a two-phase PNG. */
  readonly image: string;
  /** The case's own by default. */
  readonly test?: VirtualTestKind;
  /** The brightness above which pixels are white, in the values of the file, for images of more than two colors. */
  readonly whiteAbove?: number;
}

export type SimulateResponse =
  | { readonly kind: 'tested'; readonly numbers: TestNumbers; readonly displays: readonly PropertyDisplay[]; readonly findings: readonly Finding[] }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] };
