import type { AstNode, CstNode } from 'langium';
import type { Severity } from '#domain/finding';
import type { ImportedDocuments, SpecificationDocument } from '#language/imports/imported-documents';
import type { EntryHolder } from '#language/syntax/text-fixes';

/** Every finding of the language with its severity; docs/findings.md has a section for each. */
export const findingCodes = {
  // Text
  'unexpected-character': 'error',
  'syntax': 'error',
  // Files
  'file-not-found': 'error',
  'import-not-found': 'error',
  'import-outside-workspace': 'error',
  'import-cycle': 'error',
  // Names and entries
  'duplicate-name': 'error',
  'unknown-material': 'error',
  'unknown-database': 'error',
  'unknown-case': 'error',
  'missing-entry': 'error',
  'entry-twice': 'error',
  'entry-without-effect': 'warning',
  // Numbers
  'unknown-unit': 'error',
  'missing-unit': 'error',
  'wrong-dimension': 'error',
  'value-out-of-range': 'error',
  'not-a-whole-number': 'error',
  'reversed-range': 'error',
  'empty-range': 'error',
  // Materials
  'modulus-not-positive': 'error',
  'poisson-out-of-range': 'error',
  // Databases
  'resolution-not-supported': 'error',
  'fraction-out-of-range': 'error',
  'fraction-window-too-narrow': 'error',
  'shares-not-100-percent': 'error',
  'shape-larger-than-fraction': 'error',
  'wavenumber-too-high': 'error',
  'entry-of-other-database': 'error',
  'labels-of-parts': 'error',
  // Cases
  'equal-phases': 'error',
  'contrast-too-high': 'error',
  'white-is-softer': 'warning',
  'no-contrast': 'warning',
  'expansion-of-stiff-phase': 'information',
  'missing-expansion': 'error',
  'property-not-tested': 'error',
  'direction-twice': 'error',
  'fraction-outside-database': 'warning',
  'fraction-beyond-thickening': 'warning',
  'contradicting-bounds': 'error',
  'bound-out-of-reach': 'error',
  'too-few-images': 'error',
  // Learning, explaining, constructing
  'patience-with-one-cycle': 'error',
  'property-twice': 'error',
  'starts-twice': 'error',
  'transfer-cycle': 'error',
  'transfer-between-networks': 'error',
  'transfer-without-network': 'error',
  'layer-not-in-network': 'error',
  'layer-twice': 'error',
  'coarse-map': 'information',
  'outlier-share-out-of-range': 'error',
  'outliers-on-wrong-side': 'error',
  'too-few-outliers': 'error',
  'few-exceptional-images': 'warning',
  'threshold-out-of-range': 'error',
  'threshold-twice': 'error',
  'edge-twice': 'error',
  'edge-below-patch': 'warning',
  'entry-of-other-method': 'error',
  'patch-larger-than-image': 'error',
  'compares-own-construction': 'error',
  // Optimizing
  'filter-too-small': 'error',
  'symmetry-of-one-direction': 'error',
  'optimizations-differ': 'error',
  'source-twice': 'error',
  'wildcard-in-folder': 'error',
  'few-starts': 'warning',
  // Studies
  'steps-in-different-units': 'error',
  'step-does-not-fit': 'error',
  'study-value-twice': 'error',
  'setting-without-effect': 'error',
  'too-many-variants': 'error',
  'study-of-one-variant': 'information',
} as const satisfies Readonly<Record<string, Severity>>;

export type FindingCode = keyof typeof findingCodes;

/** Where a finding points: a node, or one of its properties (of a list: one element). */
export interface NodePlace {
  readonly node: AstNode;
  readonly property?: string;
  readonly index?: number;
  /** The text itself, where no property of the node has it alone. */
  readonly at?: CstNode;
}

/** An edit that fixes a finding: it replaces text, or adds an entry at the end of a block. */
export type ProposedFix = {
  /** Given when the text alone does not show what the edit does. */
  readonly title?: string;
  readonly preferred?: true;
} & (
  | {
      readonly text: string;
      /** What it replaces; the place of the finding when absent. */
      readonly at?: NodePlace;
    }
  | { readonly entry: string; readonly into: EntryHolder }
);

/** Reports a finding; its severity is in the table of codes. */
export type Report = (code: FindingCode, message: string, remedy: string | undefined, place: NodePlace, fixes?: readonly ProposedFix[]) => void;

export interface CheckContext {
  readonly document: SpecificationDocument;
  readonly imported: ImportedDocuments;
  /** If so, parts may be missing because they could not be read, and missing entries are not reported. */
  readonly hasSyntaxErrors: boolean;
}

/** Checks one node. The file may be broken anywhere: a property that the grammar requires may be absent. */
export type Check<N extends AstNode> = (node: N, report: Report, context: CheckContext) => void;
