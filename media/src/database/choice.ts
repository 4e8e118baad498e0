import type { Family } from '#domain/microstructures';
import type { Window } from './window';
import type { Panel } from '#media/shared/panel';

/** Part of the plane: in units of the axes. */
export interface DatabaseChoice {
  /** The two directions, or the worse one over the volume fraction. */
  readonly axes: 'directions' | 'fraction';
  readonly hidden: readonly Layer[];
  /** What a drag does. */
  readonly drag: 'pan' | 'brush';
  /** Absent: everything is in sight. */
  readonly window?: Window;
  /** Absent: nothing is selected. */
  readonly brush?: Window;
}

/** What can be left out of the picture. */
export type Layer = Family | 'outliers' | 'limit' | ArmLayer;

/** The designs of an arm. */
export type ArmLayer = `arm ${string}`;

export function armLayer(arm: string): ArmLayer {
  return `arm ${arm}`;
}

export const initialChoice: DatabaseChoice = { axes: 'directions', hidden: [], drag: 'pan' };

export type DatabasePanel = Panel<'database', DatabaseChoice>;
