/*
 * Which case or run a command is meant for. A command comes from a code lens with the file's URI and the
 * case's name, from the runs view with a row, or from the palette with nothing: then the user is asked.
 */
import { window } from 'vscode';
import type { CaseReference, CaseSummary, RunReference } from '#protocol/runs';
import type { Host } from './host';
import type { ListedRun, RunList } from './run-list';
import { describeState } from './words';

/** A row of the runs view: what it stands for. */
export interface RunRow {
  readonly reference: RunReference;
}

/** What the arguments of a command name; undefined when they name nothing. */
export function referenceOf([first, second]: readonly unknown[]): RunReference | undefined {
  if (typeof first === 'string' && typeof second === 'string') return { uri: first, case: second };
  return typeof first === 'object' && first !== null && 'reference' in first ? (first as RunRow).reference : undefined;
}

/** The case that the arguments name, that of the panel in use, the only one of the active document, or the one that the user picks. */
export async function chooseCase({ runs, panels }: Host, args: readonly unknown[]): Promise<RunReference | undefined> {
  return referenceOf(args) ?? panels.activeTarget ?? pickCase(await knownCases(runs));
}

/** A case that uses the database which the arguments name; without such names as `chooseCase`. */
export async function chooseCaseOfDatabase(host: Host, args: readonly unknown[]): Promise<RunReference | undefined> {
  const [uri, database] = args;
  if (typeof uri !== 'string' || typeof database !== 'string') return chooseCase(host, args);
  await host.runs.refresh();
  const user = host.runs.cases.find((each) => each.uri === uri && each.database === database);
  if (user === undefined) {
    // The names of databases are unknown while the file has errors.
    void window.showInformationMessage(`No case uses database ${database}, or its file has errors. The images of a database are drawn and tested for a case: write one with “from ${database}”, and correct what is underlined.`);
    return undefined;
  }
  return { uri: user.uri, case: user.case };
}

/** One of these cases, the only one or the picked one. */
export async function pickCase(cases: readonly CaseSummary[]): Promise<RunReference | undefined> {
  if (cases.length === 0) {
    void window.showInformationMessage('There is no case: open a specification first, or begin one with “XDesign: New Specification”.');
    return undefined;
  }
  const picked = cases.length === 1 ? cases[0] : (await window.showQuickPick(cases.map(caseItem), { placeHolder: 'Which case?' }))?.item;
  return picked && { uri: picked.uri, case: picked.case };
}

/** The run that the arguments name, the only suitable one, or the one that the user picks. */
export async function chooseRun(runs: RunList, args: readonly unknown[], suits: (run: ListedRun) => boolean, none: string): Promise<ListedRun | undefined> {
  const reference = referenceOf(args);
  // The list may not have arrived yet, as a command can start the extension.
  await runs.refresh();
  const suitable = (reference === undefined ? runs.runs : runs.of(reference)).filter(suits);
  if (suitable.length === 0) void window.showInformationMessage(none);
  // For one case the newest run is used; for several the user chooses.
  if (suitable.length <= 1 || reference !== undefined) return suitable[0];
  return (await window.showQuickPick(suitable.map(runItem), { placeHolder: 'Which run?' }))?.item;
}

export function runItem(item: ListedRun) {
  return { label: `${item.case}, ${new Date(item.started).toLocaleString()}`, description: describeState(item.state), item };
}

/** Those of the active document, or all. */
async function knownCases(runs: RunList): Promise<readonly CaseSummary[]> {
  await runs.refresh();
  const active = window.activeTextEditor?.document.uri.toString();
  const ofText = runs.cases.filter(({ uri }) => uri === active);
  return ofText.length > 0 ? ofText : runs.cases;
}

export function caseItem<C extends CaseReference>(item: C) {
  return { label: item.case, description: item.uri.slice(item.uri.lastIndexOf('/') + 1), item };
}
