/*
 * The results of runs as language features see them. The part of the server that runs cases provides them; without
 * it there are none, and the features omit them.
 */
import type { URI } from 'langium';
import type { Property } from '#domain/objective';
import type { RunStateKind } from '#domain/run-state';
import type { CaseSpecification } from '#language/specification/specification';

/** State and results of the last run of a case. */
export interface LastResult {
  readonly state: RunStateKind;
  /** While the run is in progress: the stage, or `reading images` before the first one, and the share of it that is done, in [0, 1]. */
  readonly progress?: { readonly stage: string; readonly share?: number };
  /** Designs that meet all constraints, and all. */
  readonly designs?: { readonly feasible: number; readonly all: number };
  /** The best design's objective in SI, and its percentage of the limit; `stale` when the case has changed since that run. */
  readonly best?: { readonly value: number; readonly percentOfLimit?: number; readonly stale?: true };
  /** All results are available: another run would compute nothing. */
  readonly complete?: true;
  /** Whether there is a report to open. */
  readonly hasReport: boolean;
  /** The extremes of the images of the database, for each property that was tested. */
  readonly images?: Readonly<Partial<Record<Property, ImageExtremes>>>;
  /** The case has changed since the run of this state. */
  readonly stale?: true;
}

/** The best values of any image, in SI, each in the worse direction of the image. */
export interface ImageExtremes {
  /** Largest min(Px, Py). */
  readonly highest: number;
  /** Least max(Px, Py). */
  readonly lowest: number;
  /** Least |Px − Py| / min(|Px|, |Py|). */
  readonly leastDifference: number;
}

export interface LastResults {
  /** The result of a case or a variant as it is in the file now; undefined when it never ran. Never waits. */
  of(document: URI, specification: CaseSpecification): LastResult | undefined;
  /** Whether a study of a file has a report to open. Never waits. */
  hasStudyReport(document: URI, study: string): boolean;
  /** Calls back when a result has changed. */
  onChange(listener: () => void): void;
}

/** Without runs. */
export const noResults: LastResults = { of: () => undefined, hasStudyReport: () => false, onChange: () => undefined };
