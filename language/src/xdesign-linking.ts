/*
 * Linking by the few references that the language has, instead of Langium's walks over the whole tree:
 * a file of two thousand lines is linked anew after each keystroke.
 */
import {
  DefaultLinker,
  DefaultReferenceDescriptionProvider,
  DefaultScopeComputation,
  MultiMap,
  type LangiumDocument,
  type LocalSymbols,
  type ReferenceDescription,
} from 'langium';
import type { SpecificationDocument } from './imported-documents';
import { referencesIn } from './references';

export class XDesignLinker extends DefaultLinker {
  override async link(document: LangiumDocument): Promise<void> {
    for (const info of referencesIn(document as SpecificationDocument)) this.doLink(info, document);
  }
}

export class XDesignReferenceDescriptions extends DefaultReferenceDescriptionProvider {
  override async createDescriptions(document: LangiumDocument): Promise<ReferenceDescription[]> {
    return referencesIn(document as SpecificationDocument).flatMap((info) => this.createInfoDescriptions(info));
  }
}

export class XDesignScopeComputation extends DefaultScopeComputation {
  /** Names are looked up in the declarations themselves (xdesign-scope.ts). */
  override async collectLocalSymbols(): Promise<LocalSymbols> {
    return new MultiMap();
  }
}
