/*
 * Linking by the few references that the language has, instead of Langium's walks over the whole tree:
 * a file of two thousand lines is linked again after each keystroke.
 */
import { DefaultLinker, DefaultReferenceDescriptionProvider, DefaultScopeComputation, MultiMap, type LangiumDocument, type LocalSymbols, type ReferenceDescription, type ReferenceInfo } from 'langium';
import type { Study } from '#language/generated/ast';
import type { SpecificationDocument } from './imported-documents';

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
  /** Names are looked up in the declarations themselves (scope.ts). */
  override async collectLocalSymbols(): Promise<LocalSymbols> {
    return new MultiMap();
  }
}

/**
 * Every name that a document uses: materials and databases of its cases, cases to start from, and cases of studies. The grammar has no other
 * references, so the whole tree need not be walked to find them (a test compares the two).
 */
export function referencesIn(document: SpecificationDocument): readonly ReferenceInfo[] {
  const found: ReferenceInfo[] = [];
  for (const declaration of document.parseResult.value.declarations ?? []) {
    if (declaration.$type === 'Study') found.push(...referencesOfStudy(declaration));
    if (declaration.$type !== 'Case') continue;
    for (const entry of declaration.entries) {
      if (entry.$type === 'Phase' && entry.material !== undefined) found.push({ container: entry, property: 'material', reference: entry.material });
      if (entry.$type === 'Source' && entry.database !== undefined) found.push({ container: entry, property: 'database', reference: entry.database });
      if (entry.$type !== 'Learn') continue;
      for (const inner of entry.entries) {
        if (inner.$type === 'Transfer' && inner.source !== undefined) found.push({ container: inner, property: 'source', reference: inner.source });
      }
    }
  }
  return found;
}

function referencesOfStudy(study: Study): readonly ReferenceInfo[] {
  const ofCase = study.case === undefined ? [] : [{ container: study, property: 'case', reference: study.case }];
  const sources = study.entries.flatMap((setting) =>
    setting.$type === 'TransferSetting' ? setting.sources.map((reference, index) => ({ container: setting, property: 'sources', index, reference })) : [],
  );
  return [...ofCase, ...sources];
}
