import { copyEdit, importEdit, libraryNames } from '../completion/library-materials';
import { visibleDeclarations } from '#language/xdesign-scope';
import type { Fix, Offer } from './offer';

/** A material that is missing is imported or copied from the library, or begun. */
export const materialFromLibrary: Fix = ({ code, range }, { document, services }) => {
  if (code !== 'unknown-material') return [];
  const name = document.textDocument.getText(range);
  const materials = libraryNames(services);
  const known = materials.find((each) => each.name === name);
  if (known === undefined) {
    return [{ title: `Declare material \`${name}\` (put its own values)`, edits: [copyEdit(document, `material ${name} { young 200 GPa  poisson 0.3 }`)] }];
  }
  const visible = new Set(visibleDeclarations(document, services.references.ImportedDocuments, 'Material').map((each) => each.name));
  const copy: Offer = { title: `Copy \`${name}\` from the library`, edits: [copyEdit(document, `material ${name} { ${known.detail} }`)] };
  // Of two materials with one name none would be meant.
  if (materials.some((each) => visible.has(each.name))) return [copy];
  return [{ title: `Import \`${name}\` from the library`, edits: [importEdit(document)], preferred: true }, copy];
};
