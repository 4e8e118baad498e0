import type { LangiumCoreServices } from 'langium';
import type { ImportedDocuments } from './imported-documents';

/** What the language adds to Langium's services. */
export interface XDesignAddedServices {
  readonly references: { readonly ImportedDocuments: ImportedDocuments };
}

export type XDesignServices = LangiumCoreServices & XDesignAddedServices;
