import { type GalleryViewOptions, initialGallery } from '#media/shared/gallery';
import type { Panel } from '#media/shared/panel';

/** The settings of the panel besides the run that is shown. */
export interface OptimizationViewOptions extends GalleryViewOptions {
  /** Names of groups whose runs are left out. */
  readonly hidden: readonly string[];
  /** Values in the chart: all of them, or those that are better than the best image. */
  readonly range: 'all' | 'better';
}

export const initialViewOptions: OptimizationViewOptions = { ...initialGallery, hidden: [], range: 'all' };

export type OptimizationPanel = Panel<'optimization', OptimizationViewOptions>;
