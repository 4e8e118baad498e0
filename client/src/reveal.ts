import { commands, env, type Uri, workspace } from 'vscode';

/** Shows a file in the explorer of the workspace's machine; the system's file manager only works on this one. */
export async function reveal(file: Uri): Promise<void> {
  if (workspace.getWorkspaceFolder(file) !== undefined || env.remoteName !== undefined) await commands.executeCommand('revealInExplorer', file);
  else await commands.executeCommand('revealFileInOS', file);
}
