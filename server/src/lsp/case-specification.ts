import type { Case } from '#language/generated/ast';
import type { SpecificationDocument } from '#language/imported-documents';
import type { CaseSpecification } from '#language/specification';
import { toCaseSpecification } from '#language/to-specification';

/** A case as runs take it; undefined while it, its phases or its database have errors. */
export function specificationOf(document: SpecificationDocument, node: Case): CaseSpecification | undefined {
  try {
    return toCaseSpecification(node, document.uri.toString());
  } catch {
    // Something is missing, and a finding tells what.
    return undefined;
  }
}
