import { URI } from 'langium';
import type { Connection } from 'vscode-languageserver';
import type { SetThresholdParams } from '#protocol/views';
import type { Finding } from '#domain/finding';
import type { XDesignSharedServices } from '../server-services';
import { editThreshold } from './thresholds';

/** The text may change while an edit is on its way; the edit is then planned again. */
const attempts = 3;

/** Milliseconds in which a client that has applied an edit tells of the changed text. */
const patience = 2000;

/** Resolves with why the text stayed as it was, or with nothing. */
export type SetThreshold = (params: SetThresholdParams) => Promise<readonly Finding[]>;

/** Writes thresholds into texts, one after another: each edit needs the text that the one before left. */
export function createThresholdSetter(connection: Connection, { workspace }: XDesignSharedServices): SetThreshold {
  const { LangiumDocuments, TextDocuments, WorkspaceLock } = workspace;

  const set = async ({ uri, case: caseName, from, to }: SetThresholdParams): Promise<readonly Finding[]> => {
    for (let attempt = 1; ; attempt++) {
      // The lock waits for all changes that the client has sent before.
      const { text, version, planned } = await WorkspaceLock.read(() => {
        const document = LangiumDocuments.getDocument(URI.parse(uri));
        return { text: document?.textDocument.getText(), version: TextDocuments.get(uri)?.version ?? null, planned: editThreshold(document, caseName, from, to) };
      });
      if (!planned.ok) return [notWritten(planned.why)];
      if (planned.edits.length === 0) return [];
      const { applied, failureReason } = await connection.workspace.applyEdit({
        label: 'Threshold',
        edit: { documentChanges: [{ textDocument: { uri, version }, edits: [...planned.edits] }] },
      });
      if (applied) {
        await untilOther(TextDocuments, uri, text);
        return [];
      }
      if (attempt === attempts) return [notWritten(`the editor did not apply the change${failureReason === undefined ? '' : ` (${failureReason})`}`)];
    }
  };

  let last: Promise<unknown> = Promise.resolve();
  return (params) => {
    const done = last.then(() => set(params));
    last = done.catch(() => undefined);
    return done;
  };
}

/** Waits for the changed text: editors say that an edit is applied before they tell of what it changed. */
function untilOther(documents: XDesignSharedServices['workspace']['TextDocuments'], uri: string, before: string | undefined): Promise<void> {
  const isOther = (): boolean => {
    const now = documents.get(uri)?.getText();
    return now !== undefined && now !== before;
  };
  if (isOther()) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  const subscription = documents.onDidChangeContent(() => isOther() && resolve());
  const timeout = setTimeout(resolve, patience);
  return promise.finally(() => {
    clearTimeout(timeout);
    subscription.dispose();
  });
}

function notWritten(why: string): Finding {
  return {
    code: 'threshold-not-written',
    severity: 'error',
    message: `The threshold was not written into the file: ${why}.`,
    remedy: 'Move the slider again, or type the threshold into the file.',
  };
}
