import type { LoadCaseName } from '#protocol/views/design-views';
import { initialGallery, type GalleryChoice } from '#media/shared/gallery';
import type { Panel } from '#media/shared/panel';

/** What is set in the design panel beside which design is shown. */
export interface DesignChoice extends GalleryChoice {
  readonly tiles: '1' | '3';
  /** What colors the pixels. */
  readonly shown: 'phases' | 'energy';
  readonly deformed: boolean;
  /** Largest displacement that is drawn, edges of the cell. */
  readonly displacement: number;
  /** Of the fields; the test's first when absent. */
  readonly loadCase?: LoadCaseName;
  readonly modulus: 'youngsModulus' | 'poissonRatio' | 'shearModulus';
}

export const initialChoice: DesignChoice = {
  ...initialGallery,
  tiles: '1',
  shown: 'phases',
  deformed: false,
  displacement: 0.08,
  modulus: 'youngsModulus',
};

export type DesignPanel = Panel<'design', DesignChoice>;
