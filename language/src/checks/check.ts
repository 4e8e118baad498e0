import type { AstNode } from 'langium';
import type { EntryHolder } from '../entry-edit';
import type { FindingCode } from '../finding-codes';
import type { ImportedDocuments, SpecificationDocument } from '../imported-documents';

/** Where a finding points: a node, or one of its properties (of a list: one element). */
export interface Place {
  readonly node: AstNode;
  readonly property?: string;
  readonly index?: number;
}

/** An edit that mends a finding: a text in the place of another one, or an entry at the end of a block. */
export type ProposedFix = {
  /** When the text alone does not say what it does. */
  readonly title?: string;
  readonly preferred?: true;
} & (
  | {
      readonly text: string;
      /** What it replaces; the place of the finding when absent. */
      readonly at?: Place;
    }
  | { readonly entry: string; readonly into: EntryHolder }
);

/** Tells a finding; its severity is in the table of codes. */
export type Report = (code: FindingCode, message: string, remedy: string | undefined, place: Place, fixes?: readonly ProposedFix[]) => void;

export interface CheckContext {
  readonly document: SpecificationDocument;
  readonly imported: ImportedDocuments;
  /** Then parts may be missing because they could not be read: nobody is told to add what is there. */
  readonly hasSyntaxErrors: boolean;
}

/** Looks at one node. Text may be broken anywhere: a property that the grammar requires may be absent. */
export type Check<N extends AstNode> = (node: N, report: Report, context: CheckContext) => void;
