import type { Case } from '#language/generated/ast';
import type { SpecificationDocument } from '#language/imported-documents';
import type { CaseSpecification } from '#language/specification';
import { toCaseSpecification } from '#language/to-specification';

/** Made once for each text and what it imports. */
const known = new WeakMap<Case, { readonly validated: object; readonly specification: CaseSpecification }>();

/** A case as runs take it; undefined while the document or what it imports has errors. */
export function specificationOf(document: SpecificationDocument, node: Case): CaseSpecification | undefined {
  const { diagnostics } = document;
  if (diagnostics === undefined || diagnostics.some(({ severity }) => severity === 1)) return undefined;
  const before = known.get(node);
  if (before?.validated === diagnostics) return before.specification;
  try {
    const specification = toCaseSpecification(node, document.uri.toString());
    known.set(node, { validated: diagnostics, specification });
    return specification;
  } catch {
    // An imported file has errors of its own: they are told there.
    return undefined;
  }
}
