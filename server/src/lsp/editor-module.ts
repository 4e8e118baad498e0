import type { Module } from 'langium';
import type { PartialLangiumServices } from 'langium/lsp';
import type { XDesignServerServices } from '../server-services';

/** What the editor's user gets beyond Langium's own features: one row and one file a feature. */
export const editorModule: Module<XDesignServerServices, PartialLangiumServices> = {
  lsp: {},
};
