import type { LangiumServices, LangiumSharedServices } from 'langium/lsp';
import type { XDesignAddedServices } from '#language/xdesign-services';

/** Langium's services with the language's and the editor's on top. */
export type XDesignServerServices = LangiumServices & XDesignAddedServices;

export interface ServerServices {
  readonly shared: LangiumSharedServices;
  readonly xdesign: XDesignServerServices;
}
