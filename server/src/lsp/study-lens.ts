/* The commands above a study: run it with the number of its variants and the time that they take, its progress, its report. */
import type { URI } from 'langium';
import type { Command } from 'vscode-languageserver';
import { roughDurationText } from '#display/durations';
import { commands, type CommandName } from '#protocol/commands';
import type { CaseSpecification, StudySpecification } from '#language/specification/specification';
import { estimateStudy } from '#runner/estimate/estimate-study';
import { formatCount } from '#units/format-quantity';
import type { LastResult, LastResults } from '../last-results';
import { progressText } from './lens-texts';

export interface StudyLensParts {
  readonly results: LastResults;
  /** Number of worker threads of a run. */
  readonly workers: number;
  /** Whether it can run on a cluster. */
  readonly onCluster: boolean;
}

/** Lenses of a study of a document without errors in it. */
export function studyLenses({ results, workers, onCluster }: StudyLensParts, document: URI, study: StudySpecification): readonly Command[] {
  const command = (title: string, name: CommandName): Command => ({ title, command: name, arguments: [document.toString(), study.name] });
  const last = study.variants.map((variant) => results.of(document, variant));
  const active = last.findIndex((result) => result?.state === 'running');
  const running = last[active];
  const isActive = running !== undefined || last.some((result) => result?.state === 'queued');
  const report = results.hasStudyReport(document, study.name) ? [command('Open report', commands.openStudyReport)] : [];
  if (isActive) {
    const title = running === undefined ? 'queued' : `running variant ${active + 1} of ${last.length}${progressText(running)}`;
    return [command(title, commands.showStudy), command('Cancel', commands.cancelStudy), ...report];
  }
  const left = study.variants.filter((_, i) => last[i]?.complete !== true);
  const finished = last.length - left.length;
  const state = finished === 0 || left.length === 0 ? [] : [command(`${finished} of ${last.length} variants finished`, commands.showStudy)];
  const time = left.length === 0 ? 'all results are stored' : `about ${roughDurationText(secondsLeft(study, last, workers))}`;
  return [...state, command(`Run study · ${formatCount(last.length, 'variant')} · ${time}`, commands.runStudy), ...(onCluster ? [command('Run on cluster', commands.runStudyOnCluster)] : []), ...report];
}

/** Seconds of the stages that no variant with all results shares. */
function secondsLeft({ variants }: StudySpecification, last: readonly (LastResult | undefined)[], workers: number): number {
  return secondsOf(variants, workers) - secondsOf(variants.filter((_, i) => last[i]?.complete === true), workers);
}

/** By the specification of the first variant, which is read again after each change of the study or its case. */
const known = new WeakMap<CaseSpecification, Map<string, number>>();

function secondsOf(variants: readonly CaseSpecification[], workers: number): number {
  const [first] = variants;
  if (!first) return 0;
  const ofFirst = known.get(first) ?? new Map<string, number>();
  known.set(first, ofFirst);
  const names = `${workers} ${variants.map((variant) => variant.case.name).join()}`;
  const seconds = ofFirst.get(names) ?? estimateStudy(variants.map((variant) => variant.case), workers).seconds;
  ofFirst.set(names, seconds);
  return seconds;
}
