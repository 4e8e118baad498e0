import type { Module } from 'langium';
import type { PartialLangiumServices } from 'langium/lsp';
import type { XDesignServerServices } from '../server-services';
import { XDesignCodeActions } from './code-actions/code-actions';
import { XDesignCodeLenses } from './code-lens';
import { XDesignCompletion } from './completion/completion';
import { XDesignDefinition } from './navigation';
import { ImportLinks } from './navigation';
import { XDesignFormatter } from './formatter';
import { XDesignHover } from './hover/hover';
import { XDesignInlayHints } from './inlay-hints';
import { XDesignRename } from './navigation';
import { XDesignSemanticTokens } from './semantic-tokens';
import { XDesignDocumentSymbols } from './symbols';

/** The features beyond Langium's own, one row per feature. */
export const editorModule: Module<XDesignServerServices, PartialLangiumServices> = {
  lsp: {
    CompletionProvider: (services) => new XDesignCompletion(services),
    HoverProvider: (services) => new XDesignHover(services),
    DefinitionProvider: (services) => new XDesignDefinition(services),
    DocumentSymbolProvider: () => new XDesignDocumentSymbols(),
    DocumentLinkProvider: (services) => new ImportLinks(services),
    RenameProvider: (services) => new XDesignRename(services),
    Formatter: () => new XDesignFormatter(),
    CodeActionProvider: (services) => new XDesignCodeActions(services),
    CodeLensProvider: (services) => new XDesignCodeLenses(services),
    InlayHintProvider: (services) => new XDesignInlayHints(services),
    SemanticTokenProvider: (services) => new XDesignSemanticTokens(services),
  },
};
