/* A workspace that is not trusted: the language, and no runs. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useWorkbench } from './harness/use-workbench';

// Nobody is asked, so nobody says yes.
const workbench = useWorkbench({ workspaceTrust: true, settings: { 'security.workspace.trust.startupPrompt': 'never' } });

test('findings are shown, and Run says why nothing runs', async () => {
  const { window, place } = workbench;
  const broken = await window.openFile('broken.xdesign');
  await broken.locator('.squiggly-error').first().waitFor();
  await window.run('case.xdesign');
  await window.page.locator('.notifications-toasts', { hasText: /trust/i }).waitFor();
  await window.screenshot('not-trusted');
  expect(existsSync(join(place.workspace, '.xdesign'))).toBe(false);
});

test('after trusting the workspace it runs, without loading anything anew', async () => {
  const { window, place } = workbench;
  await window.command('Workspaces: Manage Workspace Trust');
  await window.page.locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ }).first().click();
  await window.page.locator('.workspace-trust-editor', { hasText: 'You trust this folder' }).waitFor();
  await window.run('case.xdesign');
  await expect.poll(() => existsSync(join(place.workspace, '.xdesign/runs'))).toBe(true);
});
