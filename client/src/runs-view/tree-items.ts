/* How each row of the runs view looks. */
import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import { commandNames } from '#client/command-names';
import { describeState, explainState } from '#client/words';
import { durationText } from '#display/durations';
import { counted, percentText, quantityText } from '#display/numbers';
import { stageTitle } from '#display/stages';
import { isActive, isResumable, type RunStateKind } from '#domain/run-state';
import { placeText } from '#domain/stages';
import { bestText, countFinished, progressOf } from '#client/studies';
import type { CaseRow, DesignRow, DesignsRow, Row, RunRow, StageRow, StudyRow } from './rows';
import { pngDataUri } from './thumbnails';

const { Collapsed, Expanded, None } = TreeItemCollapsibleState;

export function toTreeItem(row: Row): TreeItem {
  const item = look(row);
  item.id = row.id;
  return item;
}

function look(row: Row): TreeItem {
  switch (row.kind) {
    case 'study':
      return studyItem(row);
    case 'case':
      return row.variant ? variantItem(row, row.variant) : caseItem(row);
    case 'run':
      return runItem(row);
    case 'stage':
      return stageItem(row);
    case 'designs':
      return designsItem(row);
    case 'design':
      return designItem(row);
  }
}

function caseItem({ reference: { uri, case: caseName }, runs, gone }: CaseRow): TreeItem {
  const item = new TreeItem(caseName, runs.length > 0 ? Expanded : None);
  const file = uri.slice(uri.lastIndexOf('/') + 1);
  item.description = gone === 'file' ? `${file}, deleted or moved away` : gone === 'case' ? `${file}, no longer in the file` : runs.length === 0 ? `${file}, never run` : file;
  if (gone !== undefined) item.tooltip = `${gone === 'file' ? `${file} was deleted or moved away.` : `${file} has no case ${caseName} any more.`} Its results are still stored. They can be looked at, assigned to another case of the folder, or deleted; a run can be resumed with the settings that it had.`;
  item.iconPath = new ThemeIcon(gone === undefined ? 'beaker' : 'archive');
  item.contextValue = gone === undefined ? 'case' : 'gone';
  return item;
}

function studyItem({ study }: StudyRow): TreeItem {
  const { uri, study: name, variants, gone, report } = study;
  const item = new TreeItem(name, variants.some(({ runs }) => runs.length > 0) ? Expanded : Collapsed);
  const file = uri.slice(uri.lastIndexOf('/') + 1);
  const { finished, all } = countFinished(study);
  const progress = progressOf(study);
  const state = progress ?? (finished === 0 ? `${counted(all, 'variant')}, never run` : `${finished} of ${counted(all, 'variant')} finished`);
  item.description = gone === 'file' ? `${file}, deleted or moved away` : gone === 'case' ? `${file}, no longer in the file` : `${file}, ${state}`;
  item.iconPath = progress === undefined ? new ThemeIcon(gone === undefined ? 'layers' : 'archive') : stateIcons.running;
  item.contextValue = `study${gone === undefined ? '' : '-gone'}${progress === undefined ? '-idle' : '-active'}${report === undefined ? '' : '-reported'}`;
  item.accessibilityInformation = { label: `Study ${name}, ${item.description}` };
  return item;
}

function variantItem({ reference, runs: [newest, ...others], gone }: CaseRow, { settings, isBest }: NonNullable<CaseRow['variant']>): TreeItem {
  const item = new TreeItem(settings, newest === undefined ? None : Collapsed);
  const best = newest?.best === undefined ? [] : [bestText(newest.best), ...(newest.best.feasible ? [] : ['not feasible']), ...(isBest ? ['the best'] : [])];
  const stale = newest?.staleFrom === undefined ? [] : ['stale'];
  const state = newest === undefined ? 'never run' : describeState(newest.state);
  // That of a finished variant is seen from its icon.
  item.description = [...(gone === undefined ? [] : ['no longer in the study']), ...(best.length > 0 && newest?.state.kind === 'finished' ? [] : [state]), ...best, ...stale].join(', ');
  item.iconPath = gone !== undefined ? new ThemeIcon('archive') : newest === undefined ? new ThemeIcon('circle-outline') : isBest ? new ThemeIcon('star-full', new ThemeColor('charts.yellow')) : stateIcons[newest.state.kind];
  item.tooltip = [reference.case, newest === undefined ? state : explainState(newest.state), ...best, ...(others.length > 0 ? [`${others.length + 1} runs`] : [])].join('\n');
  item.contextValue = gone === undefined ? 'case-variant' : 'gone';
  item.accessibilityInformation = { label: `Variant ${settings}, ${state} ${best.join(', ')}` };
  return item;
}

const stateIcons: Readonly<Record<RunStateKind, ThemeIcon>> = {
  queued: new ThemeIcon('clock'),
  running: new ThemeIcon('sync~spin'),
  finished: new ThemeIcon('pass', new ThemeColor('testing.iconPassed')),
  failed: new ThemeIcon('error', new ThemeColor('testing.iconFailed')),
  cancelled: new ThemeIcon('circle-slash'),
  interrupted: new ThemeIcon('debug-disconnect'),
};

function runItem({ run }: RunRow): TreeItem {
  const item = new TreeItem(new Date(run.started).toLocaleString(), isActive(run.state) ? Expanded : Collapsed);
  const best = run.best?.percentOfLimit === undefined ? [] : [`best ${percentText(run.best.percentOfLimit / 100)} of the limit`];
  const stale = run.staleFrom === undefined ? [] : [`stale from ${placeText(run.staleFrom)}: the file has changed`];
  item.description = [describeState(run.state), ...best, ...stale].join(', ');
  item.iconPath = stateIcons[run.state.kind];
  const phase = isActive(run.state) ? 'active' : isResumable(run.state) ? 'resumable' : 'done';
  item.contextValue = `run-${phase}${run.files === undefined ? '' : '-reported'}`;
  item.tooltip = [`${run.startedBy === 'command' ? 'Started by the command line' : 'Started by the editor'}, ${item.label as string}`, explainState(run.state), ...best, ...stale].join('\n');
  item.accessibilityInformation = { label: `Run of ${run.case}, ${item.label as string}, ${item.description}` };
  return item;
}

function stageItem({ stage: { state, seconds, reused, ...place }, run }: StageRow): TreeItem {
  const title = stageTitle(place);
  const item = new TreeItem(title, None);
  const doing = run.state.kind === 'running' && run.state.stage === place.stage && run.state.arm === place.arm ? [describeState(run.state)] : [];
  const time = seconds === undefined ? [] : [durationText(seconds)];
  const store = reused === 'everything' ? ['from the store'] : reused === 'partly' ? ['partly from the store'] : [];
  item.description = [...doing, ...time, ...store].join(', ');
  item.iconPath = new ThemeIcon(state === 'finished' ? 'check' : state === 'running' ? 'sync~spin' : 'circle-outline');
  item.contextValue = 'stage';
  item.accessibilityInformation = { label: `${title}: ${state} ${item.description}` };
  return item;
}

/** The case's own arm is open, the others are not. */
function designsItem({ arm, isOwn }: DesignsRow): TreeItem {
  const item = new TreeItem(isOwn ? 'Designs' : `Designs (${arm})`, isOwn ? Expanded : Collapsed);
  item.iconPath = new ThemeIcon('symbol-structure');
  item.contextValue = 'designs';
  return item;
}

function designItem(row: DesignRow): TreeItem {
  const { design, objective, image } = row;
  const value = quantityText(objective, design.objectiveValue);
  const item = new TreeItem(`${design.rank}. ${objective.symbol} ${value}`, None);
  if (design.limit !== undefined) item.description = `${percentText(design.limit.percent / 100)} of the limit`;
  const uri = pngDataUri(image);
  item.iconPath = Uri.parse(uri);
  const tooltip = new MarkdownString(`![${design.name}](${uri}|width=128,height=128)\n\n`);
  tooltip.appendText(`${design.name}: ${objective.name} ${value} (test ${objective.test}), white ${percentText(design.volumeFraction)}`);
  item.tooltip = tooltip;
  // Its menu has the panels that can show it.
  item.contextValue = ['design', ...(row.places.heatMap ? ['image'] : []), ...(row.places.skeleton ? ['steps'] : [])].join('-');
  item.command = { command: commandNames.openDesign, title: 'Open', arguments: [row] };
  item.accessibilityInformation = { label: `Design ${design.rank}, ${objective.name} ${value}` };
  return item;
}
