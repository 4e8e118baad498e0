import { window } from 'vscode';
import type { StartRunAnswer } from '#protocol/runs';
import type { WireFinding } from '#protocol/vocabulary';
import { describeFindings } from '../words';

const whenFree = 'Run When It Ends';

/** Whether another program has the run folder: then a run may wait for it. */
export function isFolderInUse(findings: readonly WireFinding[]): boolean {
  return findings.some(({ code }) => code === 'run-folder-in-use');
}

/** Asks for a run and says why there is none; where another program has the run folder, offers to wait for it. */
export async function beginRun(ask: (wait: { readonly wait?: true }) => Promise<StartRunAnswer>): Promise<boolean> {
  const answer = await ask({});
  if (answer.kind !== 'refused') return true;
  const offers = isFolderInUse(answer.findings) ? [whenFree] : [];
  const chosen = await window.showErrorMessage(describeFindings(answer.findings), ...offers);
  if (chosen === undefined) return false;
  const again = await ask({ wait: true });
  if (again.kind !== 'refused') return true;
  void window.showErrorMessage(describeFindings(again.findings));
  return false;
}
