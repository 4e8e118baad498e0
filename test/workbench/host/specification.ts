import { Uri, workspace, type TextDocument } from 'vscode';

/** A file of the test's workspace. */
export function fileOf(name: string): Uri {
  return Uri.joinPath(workspace.workspaceFolders![0]!.uri, name);
}

export async function open(name: string): Promise<TextDocument> {
  return workspace.openTextDocument(fileOf(name));
}
