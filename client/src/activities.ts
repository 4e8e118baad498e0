/* What runs or waits, as the user sees it: a run of a case, or a study with all its runs. */
import { isActive } from '#domain/run-state';
import { commandNames } from './command-names';
import type { ListedRun, RunList } from './run-list';
import { activeVariant, progressOf, runsOfStudies } from './studies';
import { describeState } from './words';

export interface Activity {
  /** Stays the same until it ends. */
  readonly key: string;
  readonly title: string;
  /** `learn 43 % · 12/s`, after `variant 3 of 7` in a study. */
  readonly message: string;
  /** The run that is running, else the first that is queued; who cancels it cancels all. */
  readonly run: ListedRun;
  /** The command that shows it in the list of runs. */
  readonly show: { readonly command: string; readonly arguments: readonly [uri: string, name: string] };
}

/** All activities; those of studies first. */
export function activitiesOf(runs: Pick<RunList, 'studies' | 'runs'>): readonly Activity[] {
  const studies = runs.studies.flatMap((study): Activity[] => {
    const active = activeVariant(study);
    if (!active) return [];
    const { uri, study: name } = study;
    return [{ key: `study ${uri}#${name}`, title: `Study ${name}`, message: progressOf(study)!, run: { ...active.run, uri }, show: { command: commandNames.showStudy, arguments: [uri, name] } }];
  });
  const ofStudies = runsOfStudies(runs.studies);
  const cases = runs.runs.filter(({ run, state }) => isActive(state) && !ofStudies.has(run)).map((run): Activity => ({
    key: run.run, title: run.case, message: describeState(run.state), run, show: { command: commandNames.showRun, arguments: [run.uri, run.case] },
  }));
  return [...studies, ...cases];
}
