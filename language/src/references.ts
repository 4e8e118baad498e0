import type { ReferenceInfo } from 'langium';
import type { SpecificationDocument } from './imported-documents';

/**
 * Every name that a document uses: materials and databases of its cases, and cases to start from. The grammar has no other
 * references, so nobody needs to walk the whole tree to find them (a test holds the two together).
 */
export function referencesIn(document: SpecificationDocument): readonly ReferenceInfo[] {
  const found: ReferenceInfo[] = [];
  for (const declaration of document.parseResult.value.declarations ?? []) {
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
