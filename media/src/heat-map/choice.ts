import type { Direction } from '#protocol/vocabulary';
import type { Panel } from '#media/shared/panel';

/** What is set in the heat map panel beside image, layer and method. */
export interface HeatMapChoice {
  /** One direction's map, or what they agree on. */
  readonly shown: Direction | 'agreement';
  readonly resolution: 'smooth' | 'native';
  /** Of the heat over the phases. */
  readonly opacity: number;
  /** Which of the case's thresholds is looked at. */
  readonly index: number;
  /** While a slider is moved. */
  readonly moving?: number;
  /** What the panel wrote into the text in the place of the thresholds that the view has. */
  readonly written?: { readonly of: readonly number[]; readonly now: readonly number[] };
}

export const initialChoice: HeatMapChoice = { shown: 'agreement', resolution: 'smooth', opacity: 0.7, index: 0 };

export type HeatMapPanel = Panel<'heatMap', HeatMapChoice>;
