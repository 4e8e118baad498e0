/* Texts that are checked anew although nobody has typed: what follows from settings or results is another now. */
import { DocumentState, URI } from 'langium';
import type { ServerServices } from '../server-services';

/** Takes texts back to a state and builds them from there. */
export async function checkAgain({ shared }: ServerServices, uris: readonly string[], state: DocumentState): Promise<void> {
  const { DocumentBuilder, LangiumDocuments, WorkspaceLock, WorkspaceManager } = shared.workspace;
  await WorkspaceManager.ready;
  await WorkspaceLock.write(async (token) => {
    const documents = uris.flatMap((uri) => LangiumDocuments.getDocument(URI.parse(uri)) ?? []);
    for (const document of documents) DocumentBuilder.resetToState(document, state);
    await DocumentBuilder.build(documents, { validation: true }, token);
  });
}

/** Checks all texts anew when a setting changes: other imports may be followed now. */
export function checkOnNewSettings(services: ServerServices, onFault: (error: Error) => void): void {
  const { workspace: { LangiumDocuments }, xdesign: { Settings } } = services.shared;
  Settings.onChange(() => {
    const uris = LangiumDocuments.all.map(({ uri }) => uri.toString()).toArray();
    if (uris.length > 0) checkAgain(services, uris, DocumentState.Parsed).catch(onFault);
  });
}
