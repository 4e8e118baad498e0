/* The studies of a file in the list of runs: their variants, the best of them, and their reports. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compareObjective } from '#domain/objective';
import { studyOf } from '#domain/study';
import type { StudySpecification } from '#language/specification/specification';
import type { RunSummary, StudySummary, VariantSummary } from '#protocol/runs';
import { caseFolderName } from '#runner/report/result-files';
import type { NamedStudy } from '#server/cases/case-files';
import type { PlacedContents } from '#server/cases/rename-follower';
import type { ViewsResponse } from '#server/views/views-process';

/** A run with its file, and of a variant with its settings. */
export type OfFile = ViewsResponse<'runs'>[number];

/** The studies of a file in a run folder; `runs` are those of the file, the newest first. */
export function studiesOf({ place: { uri }, contents }: PlacedContents, runs: readonly OfFile[], folder: string): StudySummary[] {
  const runsOf = (name: string): RunSummary[] => runs.filter((run) => run.case === name).map(summaryOf);
  const summaryOfStudy = ({ name, case: varied }: NamedStudy, variants: readonly VariantSummary[]): StudySummary => {
    // A study that was renamed has its report under the name that it had when it ran.
    const names = new Set([name, ...runs.flatMap(({ case: ran, variant }) => (studyOf(ran) === name && variant ? [variant.study] : []))]);
    const report = [...names].map((each) => join(folder, 'results', caseFolderName(each), 'study.html')).find((path) => existsSync(path));
    return { uri, study: name, case: varied, variants, ...(report !== undefined && { report: pathToFileURL(report).href }) };
  };
  if (contents.kind === 'broken') {
    return contents.studies.map((study) => summaryOfStudy(study, ranVariants(study.name, runs).map(({ case: name, variant }) => ({ uri, case: name, database: '', settings: variant?.settings ?? {}, runs: runsOf(name) }))));
  }
  return contents.studies.map((study) => {
    const variants = study.variants.map(({ case: { name }, database, variant }) => ({ uri, case: name, database, settings: variant!.settings, runs: runsOf(name) }));
    const best = bestOf(study, variants);
    return { ...summaryOfStudy(study, variants), ...(best && { best }) };
  });
}

/** The newest run of each variant of a study that has run, in the order of their values. */
function ranVariants(study: string, runs: readonly OfFile[]): readonly OfFile[] {
  const newest = new Map<string, OfFile>();
  for (const run of [...runs].reverse()) if (studyOf(run.case) === study) newest.set(run.case, run);
  return [...newest.values()].sort((a, b) => compareSettings(a.variant?.settings ?? {}, b.variant?.settings ?? {}));
}

/** Numbers by their value, words by the alphabet; the first setting counts most. */
function compareSettings(a: VariantSummary['settings'], b: VariantSummary['settings']): number {
  for (const [name, one] of Object.entries(a)) {
    const other = b[name] ?? '';
    const difference = Number.parseFloat(one) - Number.parseFloat(other);
    const order = Number.isNaN(difference) ? one.localeCompare(other, 'en') : difference;
    if (order !== 0) return order;
  }
  return 0;
}

/** The variant whose newest finished run has the best feasible design. */
function bestOf({ variants: [first] }: StudySpecification, variants: readonly VariantSummary[]): StudySummary['best'] {
  const { objective } = first!.case;
  const found = variants.flatMap(({ case: variant, runs }) => {
    const { run, best } = runs.find(({ state, best: design }) => state.kind === 'finished' && design !== undefined) ?? {};
    return run !== undefined && best?.feasible ? [{ variant, run, value: best.objectiveValue }] : [];
  });
  const [best] = found.sort((a, b) => compareObjective(objective, a.value, b.value));
  return best && { variant: best.variant, run: best.run };
}

/** What the list has of a run. */
export function summaryOf({ file: _file, variant: _variant, ...run }: OfFile): RunSummary {
  return run;
}
