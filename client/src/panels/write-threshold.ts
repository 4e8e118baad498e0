import { Range, Uri, workspace, WorkspaceEdit } from 'vscode';
import { editThreshold } from '#protocol/edit-threshold';
import type { CaseReference } from '#protocol/runs';
import type { Server } from '#client/server/server';

/** Writes thresholds into the text, one after another: each needs the text that the one before left. */
export class ThresholdWriter {
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly server: Server) {}

  /** Puts `to` where the case's text has `from`; the text stays unsaved. Rejects with a sentence when it cannot. */
  write({ uri, case: caseName }: CaseReference, from: number, to: number): Promise<void> {
    const written = this.last.then(() => this.writeNow(Uri.parse(uri), caseName, from, to));
    this.last = written.catch(() => undefined);
    return written;
  }

  private async writeNow(uri: Uri, caseName: string, from: number, to: number): Promise<void> {
    // Opened here, so that the server has the text that the edit changes.
    await workspace.openTextDocument(uri);
    const answer = await this.server.request(editThreshold, { uri: uri.toString(), case: caseName, from, to });
    if (answer.kind === 'absent') throw new Error(`The text of ${caseName} has no threshold ${from}.`);
    const edit = new WorkspaceEdit();
    const { start, end } = answer.range;
    edit.replace(uri, new Range(start.line, start.character, end.line, end.character), answer.newText);
    if (!(await workspace.applyEdit(edit))) throw new Error('The text could not be changed.');
  }
}
