/* What the checks of a declaration depend on beyond its own text: while it is the same, so are the findings. */
import type { Case, Declaration, Study } from '#language/generated/ast';
import { explainsExactly, studiesOf } from '#language/specification/read-case';

/** What the checks of a declaration look at beyond it: the declarations that it names. */
export function seenBy(node: Declaration, hasSyntaxErrors: boolean): readonly unknown[] {
  return [hasSyntaxErrors, ...(node.$type === 'Study' ? seenByStudy(node) : node.$type === 'Case' ? namedBy(node) : [])];
}

/** Of a case without a network also its studies: one of them may vary its method. */
function namedBy(node: Case): readonly unknown[] {
  return [...(explainsExactly(node) ? studiesOf(node) : []), ...named(node)];
}

function named(node: Case): readonly unknown[] {
  return node.entries.map((entry) => (entry.$type === 'Phase' ? entry.material?.ref : entry.$type === 'Source' ? entry.database?.ref : undefined));
}

/** Its variants are its case, with what that names. */
function seenByStudy(node: Study): readonly unknown[] {
  const cases = [node.case?.ref, ...node.entries.flatMap((setting) => (setting.$type === 'TransferSetting' ? setting.sources.map(({ ref }) => ref) : []))];
  return cases.flatMap((each) => (each === undefined ? [undefined] : [each, ...namedBy(each)]));
}

/** Whether what was seen is still there. */
export function sameAll(one: readonly unknown[] | undefined, other: readonly unknown[]): boolean {
  return one !== undefined && one.length === other.length && one.every((each, index) => each === other[index]);
}
