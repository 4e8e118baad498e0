import type { Check } from '#language/findings';
import type { Declaration, SpecificationFile, Import } from '#language/generated/ast';
import { importsOf, type ImportedDocuments, type SpecificationDocument } from '#language/imports/imported-documents';
import { asksForLibrary, library } from '#language/imports/library';

/** `duplicate-name`: within the file, and between the file and what it imports. */
export const checkUniqueNames: Check<SpecificationFile> = (file, report, { document, imported }) => {
  const own = new Map<string, Declaration>();
  for (const node of file.declarations ?? []) {
    if (!node.name) continue;
    const first = own.get(keyOf(node));
    if (first === undefined) {
      own.set(keyOf(node), node);
      continue;
    }
    const line = (first.$cstNode?.range.start.line ?? 0) + 1;
    const look = first.name === node.name && first.$type === node.$type ? '' : ' Their folders of results would be the same on some machines.';
    const other = first.$type === node.$type ? `${titleOf(node)} \`${first.name}\` is` : `${titleOf(first)} \`${first.name}\` is`;
    const message = `${other} already declared in line ${line}.${look}`;
    report('duplicate-name', message, 'Rename one of them.', { node, property: 'name' });
  }

  const fromImports = new Map<string, string>();
  for (const node of importsOf(document)) {
    const target = imported.of(node);
    if (target === undefined || target === document) continue;
    for (const declaration of target.parseResult.value.declarations ?? []) {
      // Cases and studies of an imported file are not run, so their names may be used again.
      if (!declaration.name || declaration.$type === 'Case' || declaration.$type === 'Study') continue;
      const key = keyOf(declaration);
      const here = own.get(key);
      const elsewhere = fromImports.get(key);
      fromImports.set(key, node.path);
      if (here !== undefined) {
        const message = `${titleOf(here)} \`${here.name}\` is already declared in "${node.path}", which this file imports.`;
        report('duplicate-name', message, 'Rename it, or delete one of the two.', { node: here, property: 'name' });
      } else if (elsewhere !== undefined && elsewhere !== node.path) {
        const message = `${titleOf(declaration)} \`${declaration.name}\` is declared in "${elsewhere}" and in "${node.path}".`;
        report('duplicate-name', message, 'Rename one of them, or import one file alone.', { node, property: 'path' });
      }
    }
  }
};

function keyOf(node: Declaration): string {
  // Each case and each study has a results folder, and not every file system is case-sensitive.
  return node.$type === 'Case' || node.$type === 'Study' ? `Case ${node.name.toLowerCase()}` : `${node.$type} ${node.name}`;
}

function titleOf(node: Declaration): string {
  return node.$type;
}

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
    report('import-not-found', `The file "${node.path}" does not exist.`, 'Write the path relative to this file.', { node, property: 'path' });
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
