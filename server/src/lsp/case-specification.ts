import { GrammarUtils } from 'langium';
import type { Case, Database, Material } from '#language/generated/ast';
import type { SpecificationDocument } from '#language/imported-documents';
import { databaseOf, phaseOf } from '#language/read-case';
import type { CaseSpecification } from '#language/specification';
import { toCaseSpecification } from '#language/to-specification';

interface Known {
  readonly white: Material | undefined;
  readonly black: Material | undefined;
  readonly database: Database | undefined;
  readonly specification: CaseSpecification | undefined;
}

/** By the tree of a case, which is another when its text is. */
const known = new WeakMap<Case, Known>();

/** A case as runs take it; undefined while it, its phases or its database have errors. */
export function specificationOf(document: SpecificationDocument, node: Case): CaseSpecification | undefined {
  const [white, black, database] = [phaseOf(node, 'white')?.material?.ref, phaseOf(node, 'black')?.material?.ref, databaseOf(node)];
  const before = known.get(node);
  if (before !== undefined && before.white === white && before.black === black && before.database === database) return placed(before.specification, document, node);
  const specification = read(document, node);
  known.set(node, { white, black, database, specification });
  return specification;
}

function read(document: SpecificationDocument, node: Case): CaseSpecification | undefined {
  try {
    return toCaseSpecification(node, document.uri.toString());
  } catch {
    // Something is missing, and a finding tells what.
    return undefined;
  }
}

/** The same at the place where the case is now: text above it may have grown. */
function placed(specification: CaseSpecification | undefined, document: SpecificationDocument, node: Case): CaseSpecification | undefined {
  const range = GrammarUtils.findNodeForProperty(node.$cstNode, 'name')?.range;
  if (specification === undefined || range === undefined) return specification;
  const { start, file } = specification.place;
  if (start.line === range.start.line && start.character === range.start.character && file === document.uri.toString()) return specification;
  return { ...specification, place: { file: document.uri.toString(), start: range.start, end: range.end } };
}
