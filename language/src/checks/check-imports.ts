import type { Import } from '#language/generated/ast';
import { importsOf, type ImportedDocuments, type SpecificationDocument } from '../imported-documents';
import { asksForLibrary, library } from '../library';
import type { Check } from './check';

/** `import-outside-workspace`, `import-not-found`, `import-cycle` */
export const checkImport: Check<Import> = (node, report, { document, imported }) => {
  if (node.path === undefined) return;
  const refusal = imported.refusal(node);
  if (refusal !== undefined) {
    report('import-outside-workspace', refusal, 'Copy the file into the workspace, or allow such imports in the settings of the editor.', { node, property: 'path' });
    return;
  }
  const target = imported.of(node);
  if (target === undefined && asksForLibrary(node.path)) {
    const names = Object.keys(library).map((name) => `"${name}"`).join(', ');
    report('import-not-found', `The library has no file "${node.path}".`, `It has ${names}.`, { node, property: 'path' });
  } else if (target === undefined) {
    report('import-not-found', `There is no file "${node.path}" beside this one.`, 'Give the path relative to this file.', { node, property: 'path' });
  } else if (reaches(target, document, imported)) {
    const message = target === document ? 'This file imports itself.' : `"${node.path}" imports this file in turn.`;
    report('import-cycle', message, 'Move what both need into a third file that imports neither.', { node, property: 'path' });
  }
};

function reaches(from: SpecificationDocument, goal: SpecificationDocument, imported: ImportedDocuments): boolean {
  const seen = new Set<SpecificationDocument>();
  const open = [from];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === goal) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...importsOf(next).map((node) => imported.of(node)).filter((target) => target !== undefined));
  }
  return false;
}
