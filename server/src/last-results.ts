/*
 * What the editor's features know of runs. Whoever runs cases provides it; without runs it answers
 * nothing, and the features say nothing.
 */
import type { URI } from 'langium';
import type { Property } from '#domain/objective';
import type { RunStateKind } from '#domain/run-state';
import type { CaseSpecification } from '#language/specification';

/** How far the last run of a case got. */
export interface LastResult {
  readonly state: RunStateKind;
  /** While it runs: the stage and the share of it that is done, in [0, 1]. */
  readonly progress?: { readonly stage: string; readonly share?: number };
  /** Designs that meet all constraints, and all. */
  readonly designs?: { readonly feasible: number; readonly all: number };
  /** The best design's objective in SI, and how near it comes to the limit; `stale` when the file says something else than its run. */
  readonly best?: { readonly value: number; readonly percentOfLimit?: number; readonly stale?: true };
  /** Everything that the file asks for is there: another run would compute nothing. */
  readonly complete?: true;
  /** Whether there is a report to open. */
  readonly hasReport: boolean;
  /** What the images of the database have, of each property that was tested. */
  readonly images?: Readonly<Partial<Record<Property, ImageExtremes>>>;
  /** The file says something else than the run of this state. */
  readonly stale?: true;
}

/** The best that any image has, in SI: of the worse direction of each image. */
export interface ImageExtremes {
  /** Largest min(Px, Py). */
  readonly highest: number;
  /** Least max(Px, Py). */
  readonly lowest: number;
  /** Least |Px − Py| / min(|Px|, |Py|). */
  readonly leastDifference: number;
}

export interface LastResults {
  /** Of a case as the text has it now; undefined when it never ran. Never waits. */
  of(document: URI, specification: CaseSpecification): LastResult | undefined;
  /** Calls back when an answer has changed. */
  onChange(listener: () => void): void;
}

/** Without runs. */
export const noResults: LastResults = { of: () => undefined, onChange: () => undefined };
