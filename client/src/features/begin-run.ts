import { window } from 'vscode';
import type { StartRunResponse } from '#protocol/runs';
import type { Finding } from '#domain/finding';
import { describeFindings } from '../words';

const whenFree = 'Run When It Ends';

/** Whether another program has the run folder: then a run may wait for it. */
export function isFolderInUse(findings: readonly Finding[]): boolean {
  return findings.some(({ code }) => code === 'run-folder-in-use');
}

/** Asks for a run and says why there is none; where another program has the run folder, offers to wait for it. */
export async function beginRun(request: (wait: { readonly wait?: true }) => Promise<StartRunResponse>): Promise<boolean> {
  const response = await request({});
  if (response.kind !== 'refused') return true;
  const offers = isFolderInUse(response.findings) ? [whenFree] : [];
  const chosen = await window.showErrorMessage(describeFindings(response.findings), ...offers);
  if (chosen === undefined) return false;
  const again = await request({ wait: true });
  if (again.kind !== 'refused') return true;
  void window.showErrorMessage(describeFindings(again.findings));
  return false;
}
