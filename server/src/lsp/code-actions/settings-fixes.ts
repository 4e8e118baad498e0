import { AstUtils } from 'langium';
import type { Case, Explain } from '#language/generated/ast';
import { firstEntry } from '#language/read-case';
import { entryEdit } from './add-missing';
import type { Fix } from './offer';

/** `coarse-map`: an earlier layer has a finer map. */
export const earlierLayer: Fix = ({ code, range, data }, { nodeAt }) => {
  const [, layer] = /^Write `(layer [^`]+)`/.exec((data as { readonly wayOut?: string } | undefined)?.wayOut ?? '') ?? [];
  const node = nodeAt(range.start);
  if (code !== 'coarse-map' || layer === undefined || node === undefined) return [];
  const title = `Look at \`${layer}\``;
  const explain = AstUtils.getContainerOfType(node, (each): each is Explain => each.$type === 'Explain');
  if (explain === undefined) {
    const owner = AstUtils.getContainerOfType(node, (each): each is Case => each.$type === 'Case');
    return owner === undefined ? [] : [{ title, edits: [entryEdit(owner, `explain gradram { ${layer} }`)], preferred: true }];
  }
  const written = explain.entries.find((entry) => entry.$type === 'ChoicesEntry')?.$cstNode;
  if (written !== undefined) return [{ title, edits: [{ range: written.range, newText: layer }], preferred: true }];
  const last = explain.entries.at(-1)?.$cstNode;
  const place = (last ?? explain.$cstNode!).range.end;
  // Braces without entries are rare, and then the method's are taken for theirs.
  const newText = last === undefined ? ` { ${layer} }` : `  ${layer}`;
  return last === undefined && explain.$cstNode!.text.includes('{') ? [] : [{ title, edits: [{ range: { start: place, end: place }, newText }], preferred: true }];
};

/** `property-not-tested`: a test that measures expansion. */
export const otherTest: Fix = ({ code, range }, { nodeAt }) => {
  const owner = AstUtils.getContainerOfType(nodeAt(range.start), (each): each is Case => each.$type === 'Case');
  if (code !== 'property-not-tested' || owner === undefined) return [];
  const written = firstEntry(owner, 'Test')?.$cstNode;
  return ['test heating', 'test periodic'].map((text) => ({
    title: `Write \`${text}\``,
    edits: [written === undefined ? entryEdit(owner, text) : { range: written.range, newText: text }],
  }));
};
