/* State of an optimization between two iterations, as an artifact and back: with every bit, so a resumed run gives the same bytes. */
import { artifactAs, type Artifact, type ArtifactArray } from '#engine/core/artifact';
import type { GrayFields } from '#engine/fem/gray/gray-solver';
import type { AsymptoteState } from './moving-asymptotes';

export interface OptimizationState extends AsymptoteState {
  readonly iteration: number;
  /** Index into the sharpnesses of the projection, and the first iteration that has it. */
  readonly stage: number;
  readonly stageStart: number;
  /** Objective of the gray cell at each iteration so far, SI. */
  readonly values: readonly number[];
  /** Displacements of the last iteration, where the next one starts. */
  readonly fields?: GrayFields;
  /** Iterations of the solver so far. */
  readonly solverIterations: number;
  readonly finished: boolean;
}

interface StateHeader {
  readonly iteration: number;
  readonly stage: number;
  readonly stageStart: number;
  readonly solverIterations: number;
  readonly finished: boolean;
  readonly unit: number | null;
  readonly kelvins: number | null;
}

interface StateArrays {
  readonly variables: Float64Array;
  readonly values: Float64Array;
  readonly last?: Float64Array;
  readonly lastButOne?: Float64Array;
  readonly lower?: Float64Array;
  readonly upper?: Float64Array;
  readonly periodic?: Float64Array;
  readonly mirrored?: Float64Array;
  readonly compression?: Float64Array;
  readonly heating?: Float64Array;
}

export function encodeState(state: OptimizationState): Artifact {
  const { variables, last, lastButOne, lower, upper, values, fields, ...header } = state;
  const arrays: Record<string, ArtifactArray | undefined> = { variables, values: Float64Array.from(values), last, lastButOne, lower, upper, ...fields?.displacements };
  return {
    header: { ...header, unit: fields?.unit ?? null, kelvins: fields?.kelvins ?? null },
    arrays: Object.fromEntries(Object.entries(arrays).filter((entry): entry is [string, ArtifactArray] => entry[1] !== undefined)),
  };
}

export function decodeState(artifact: Artifact): OptimizationState {
  const { header, arrays } = artifactAs<StateHeader, StateArrays>(artifact);
  const { unit, kelvins, ...numbers } = header;
  const { values, periodic, mirrored, compression, heating, ...asymptotes } = arrays;
  const displacements = { ...(periodic && { periodic }), ...(mirrored && { mirrored }), ...(compression && { compression }), ...(heating && { heating }) };
  return {
    ...asymptotes,
    ...numbers,
    values: Array.from(values),
    ...(unit !== null && kelvins !== null && { fields: { unit, kelvins, displacements } }),
  };
}
