import type { Direction } from '#domain/objective';
import type { Panel } from '#media/shared/panel';

/** What is set in the heat map panel beside image, layer and method. */
export interface HeatMapChoice {
  /** One direction's map, or what they agree on. */
  readonly shown: Direction | 'agreement';
  readonly resolution: 'smooth' | 'native';
  /** Of the heat over the phases. */
  readonly opacity: number;
  /** The thresholds of the text when one was chosen. */
  readonly among: readonly number[];
}

export const initialChoice: HeatMapChoice = { shown: 'agreement', resolution: 'smooth', opacity: 0.7, among: [] };

export type HeatMapPanel = Panel<'heatMap', HeatMapChoice>;
