/* Studies as lists, notifications and commands show them: with the variants that a study no longer has. */
import { fixed } from '#display/numbers';
import { displayOf, propertyText } from '#display/properties';
import { isActive, type RunId } from '#domain/run-state';
import type { BestSummary, Gone, ListResponse, RunSummary, StudySummary, VariantSummary } from '#protocol/runs';
import { describeState } from './words';

/** A study by its name. */
export type StudyReference = Pick<StudySummary, 'uri' | 'study'>;

/** A variant; `gone` when its study no longer has it. */
export type ListedVariant = Pick<VariantSummary, 'uri' | 'case' | 'settings' | 'runs'> & { readonly gone?: Gone };

/** A study of a file; `gone` when the file, or the study in it, no longer exists and its variants have runs. */
export interface ListedStudy extends Omit<StudySummary, 'variants' | 'case'> {
  readonly variants: readonly ListedVariant[];
  readonly gone?: Gone;
}

/** All studies, each with the variants that it has and those that it had and that have runs. */
export function listedStudies({ studies, others }: Pick<ListResponse, 'studies' | 'others'>): readonly ListedStudy[] {
  const listed = new Map<string, ListedStudy>(studies.map((each) => [keyOf(each), each]));
  for (const { uri, case: name, gone, variant, runs } of others) {
    if (!variant) continue;
    const { study, settings } = variant;
    const known = listed.get(keyOf({ uri, study })) ?? { uri, study, variants: [], gone };
    listed.set(keyOf(known), { ...known, variants: [...known.variants, { uri, case: name, settings, runs, gone }] });
  }
  return [...listed.values()];
}

/** The runs of all variants of these studies. */
export function runsOfStudies(studies: readonly Pick<StudySummary, 'variants'>[]): ReadonlySet<RunId> {
  return new Set(studies.flatMap(({ variants }) => variants.flatMap(({ runs }) => runs.map(({ run }) => run))));
}

export function isSameStudy(one: StudyReference, other: StudyReference): boolean {
  return one.uri === other.uri && one.study === other.study;
}

/** `E 152.1 GPa, 96.2 % of the limit`. */
export function bestText({ property, objectiveValue, percentOfLimit }: BestSummary): string {
  const value = `${displayOf(property).symbol} ${propertyText(property, objectiveValue)}`;
  return percentOfLimit === undefined ? value : `${value}, ${fixed(percentOfLimit, 1)} % of the limit`;
}

/** The active run of a variant with its position from 0: the running one, else the first that is queued. A run of a variant that is gone belongs to no study. */
export function activeVariant({ variants }: Pick<ListedStudy, 'variants'>): { readonly index: number; readonly run: RunSummary } | undefined {
  const active = variants.filter(({ gone }) => gone === undefined).flatMap(({ runs }, index) => runs.filter(({ state }) => isActive(state)).map((run) => ({ index, run })));
  return active.find(({ run }) => run.state.kind === 'running') ?? active[0];
}

/** `variant 3 of 7, learn 43 % · 12/s`, `queued, waits for case Stiffness`; undefined while nothing of it is active. */
export function progressOf(study: Pick<ListedStudy, 'variants'>): string | undefined {
  const active = activeVariant(study);
  if (!active) return undefined;
  const { index, run: { state } } = active;
  return state.kind === 'running' ? `variant ${index + 1} of ${countFinished(study).all}, ${describeState(state)}` : describeState(state);
}

/** Variants that the study has, and how many of them have finished last. */
export function countFinished({ variants }: Pick<ListedStudy, 'variants'>): { readonly finished: number; readonly all: number } {
  const present = variants.filter(({ gone }) => gone === undefined);
  return { finished: present.filter(({ runs: [newest] }) => newest?.state.kind === 'finished').length, all: present.length };
}

/** The variants as lines of columns for a spreadsheet: settings, state, best value in SI, percentage of the limit. */
export function tableOf({ variants }: Pick<ListedStudy, 'variants'>): string {
  const names = [...new Set(variants.flatMap(({ settings }) => Object.keys(settings)))];
  const lines = variants.map(({ settings, runs: [newest] }) => {
    const { objectiveValue, percentOfLimit, feasible } = newest?.best ?? {};
    return [...names.map((name) => settings[name] ?? ''), newest?.state.kind ?? 'never run', objectiveValue ?? '', percentOfLimit ?? '', feasible ?? ''];
  });
  return [[...names, 'state', 'best (SI)', '% of limit', 'feasible'], ...lines].map((cells) => cells.join('\t')).join('\n');
}

function keyOf({ uri, study }: StudyReference): string {
  return `${uri}#${study}`;
}
