import { DefaultLanguageServer } from 'langium/lsp';
import type { InitializeParams, InitializeResult } from 'vscode-languageserver';
import { followedFiles } from './workspace/changes';

/** Announces the features that Langium does not know. */
export class XDesignLanguageServer extends DefaultLanguageServer {
  protected override buildInitializeResult(params: InitializeParams): InitializeResult {
    const { capabilities } = super.buildInitializeResult(params);
    const workspace = { ...capabilities.workspace, workspaceFolders: { supported: true, changeNotifications: true }, fileOperations: { didRename: followedFiles, didDelete: followedFiles } };
    return { capabilities: { ...capabilities, workspace, selectionRangeProvider: true }, serverInfo: { name: 'xdesign' } };
  }
}
