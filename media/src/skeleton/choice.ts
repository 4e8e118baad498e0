import { initialGallery, type GalleryChoice } from '#media/shared/gallery';
import type { Panel } from '#media/shared/panel';

export const stepNames = ['region', 'skeleton', 'mirrored', 'thickened'] as const;
export type StepName = (typeof stepNames)[number];

/** What is set in the skeleton panel beside which design is shown. */
export interface SkeletonChoice extends GalleryChoice {
  readonly step: StepName;
  readonly spurs: boolean;
  readonly nodes: boolean;
  readonly curves: boolean;
  /** How far the cell is thickened, share of its reach. */
  readonly thickness: number;
}

export const initialChoice: SkeletonChoice = { ...initialGallery, step: 'skeleton', spurs: true, nodes: true, curves: false, thickness: 1 };

export type SkeletonPanel = Panel<'skeleton', SkeletonChoice>;
