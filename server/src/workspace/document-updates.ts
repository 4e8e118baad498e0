import { DefaultDocumentUpdateHandler, type LangiumSharedServices } from 'langium/lsp';
import { URI } from 'langium';
import type { TextDocumentChangeEvent } from 'vscode-languageserver';
import type { TextDocument } from 'langium';

/** What was typed and closed without saving is gone: the text is that of the disk again. */
export class XDesignDocumentUpdates extends DefaultDocumentUpdateHandler {
  constructor(private readonly services: LangiumSharedServices) {
    super(services);
  }

  didCloseDocument({ document }: TextDocumentChangeEvent<TextDocument>): void {
    const uri = URI.parse(document.uri);
    // A text that was never saved has no file.
    const isFile = uri.scheme === 'file' && this.services.workspace.FileSystemProvider.existsSync(uri);
    this.fireDocumentUpdate(isFile ? [uri] : [], isFile ? [] : [uri]);
  }
}
