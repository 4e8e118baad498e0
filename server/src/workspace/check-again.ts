/* Texts that are checked anew although nobody has typed: what follows from settings or results is another now. */
import { DocumentState, type LangiumDocument } from 'langium';
import type { ServerServices } from '../server-services';

/** Takes the texts that `concerns` names back to a state and builds them from there. */
export async function checkAgain({ shared }: ServerServices, concerns: (document: LangiumDocument) => boolean, state: DocumentState): Promise<void> {
  const { DocumentBuilder, LangiumDocuments, WorkspaceLock, WorkspaceManager } = shared.workspace;
  await WorkspaceManager.ready;
  await WorkspaceLock.write(async (token) => {
    LangiumDocuments.all.filter(concerns).forEach((document) => DocumentBuilder.resetToState(document, state));
    // Writing has cancelled what was being built, such as a text that was just opened; nobody else would go on with it.
    const unfinished = LangiumDocuments.all.filter((document) => document.state < DocumentState.Validated).toArray();
    await DocumentBuilder.build(unfinished, { validation: true }, token);
  });
}

/** Checks all texts anew when a setting changes: other imports may be followed now. */
export function checkOnNewSettings(services: ServerServices, onFault: (error: Error) => void): void {
  const { LangiumDocuments } = services.shared.workspace;
  services.shared.xdesign.Settings.onChange(() => {
    if (LangiumDocuments.all.isEmpty()) return;
    checkAgain(services, () => true, DocumentState.Parsed).catch(onFault);
  });
}
