import { GrammarUtils } from 'langium';
import type { Case, Database, Material, Study } from '#language/generated/ast';
import type { SpecificationDocument } from '#language/imports/imported-documents';
import { databaseOf, phaseOf } from '#language/specification/read-case';
import { studySpecificationOf } from '#language/specification/document-specification';
import type { CaseSpecification, StudySpecification } from '#language/specification/specification';
import { toCaseSpecification } from '#language/specification/to-specification';

interface Cached {
  readonly white: Material | undefined;
  readonly black: Material | undefined;
  readonly database: Database | undefined;
  readonly specification: CaseSpecification | undefined;
}

/** By the syntax node of a case, which is replaced when its text changes. */
const cache = new WeakMap<Case, Cached>();

/** The specification of a case for runs; undefined while the case, its phases or its database have errors. */
export function specificationOf(document: SpecificationDocument, node: Case): CaseSpecification | undefined {
  const [white, black, database] = [phaseOf(node, 'white')?.material?.ref, phaseOf(node, 'black')?.material?.ref, databaseOf(node)];
  const before = cache.get(node);
  if (before !== undefined && before.white === white && before.black === black && before.database === database) return withPlace(before.specification, document, node);
  const specification = read(node);
  cache.set(node, { white, black, database, specification });
  return specification;
}

function read(node: Case): CaseSpecification | undefined {
  try {
    return toCaseSpecification(node, (each) => each.uri.toString());
  } catch {
    // A part is missing, and a finding reports which.
    return undefined;
  }
}

/** The same specification with the current position of the case: text above it may have changed. */
function withPlace(specification: CaseSpecification | undefined, document: SpecificationDocument, node: Case): CaseSpecification | undefined {
  const range = GrammarUtils.findNodeForProperty(node.$cstNode, 'name')?.range;
  if (specification === undefined || range === undefined) return specification;
  const { start, file } = specification.place;
  if (start.line === range.start.line && start.character === range.start.character && file === document.uri.toString()) return specification;
  return { ...specification, place: { file: document.uri.toString(), start: range.start, end: range.end } };
}

/** By the syntax node of a study; `base` is the case that it varies as it was then. */
const studies = new WeakMap<Study, { readonly base: CaseSpecification['case'] | undefined; readonly specification: StudySpecification | undefined }>();

/** The variants of a study for runs; undefined while it cannot be read, or its case. */
export function studyOf(document: SpecificationDocument, node: Study): StudySpecification | undefined {
  const varied = node.case?.ref;
  const base = varied && specificationOf(document, varied)?.case;
  const before = studies.get(node);
  if (before && before.base === base) return before.specification;
  const specification = base && studySpecificationOf(document, node);
  studies.set(node, { base, specification });
  return specification;
}
