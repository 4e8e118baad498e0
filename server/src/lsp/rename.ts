import type { LangiumDocument } from 'langium';
import { DefaultRenameProvider } from 'langium/lsp';
import { LSPErrorCodes, ResponseError, type RenameParams, type WorkspaceEdit } from 'vscode-languageserver';
import { nameTrouble } from '#language/name-trouble';
import { libraryScheme } from '#language/library';
import type { XDesignServerServices } from '../server-services';

/** Renames in all files that use a name; refuses what the language would not read as one. */
export class XDesignRename extends DefaultRenameProvider {
  private readonly trouble: (name: string) => string | undefined;

  constructor(services: XDesignServerServices) {
    super(services);
    this.trouble = (name) => nameTrouble(name, services.parser.Lexer);
  }

  override async rename(document: LangiumDocument, params: RenameParams): Promise<WorkspaceEdit | undefined> {
    const trouble = this.trouble(params.newName);
    if (trouble !== undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, trouble);
    const edit = await super.rename(document, params);
    if (Object.keys(edit?.changes ?? {}).some((uri) => uri.startsWith(libraryScheme))) {
      throw new ResponseError(LSPErrorCodes.RequestFailed, 'Names of the library cannot be changed: copy the material into a file of your own.');
    }
    return edit;
  }
}
