import type { AstNode } from 'langium';
import type { FindingCode } from '../finding-codes';
import type { ImportedDocuments, SpecificationDocument } from '../imported-documents';

/** Where a finding points: a node, or one of its properties (of a list: one element). */
export interface Place {
  readonly node: AstNode;
  readonly property?: string;
  readonly index?: number;
}

/** Tells a finding; its severity is in the table of codes. */
export type Report = (code: FindingCode, message: string, wayOut: string | undefined, place: Place) => void;

export interface CheckContext {
  readonly document: SpecificationDocument;
  readonly imported: ImportedDocuments;
  /** Then parts may be missing because they could not be read: nobody is told to add what is there. */
  readonly hasSyntaxErrors: boolean;
}

/** Looks at one node. Text may be broken anywhere: a property that the grammar requires may be absent. */
export type Check<N extends AstNode> = (node: N, report: Report, context: CheckContext) => void;
