import type { Severity } from '#domain/finding';

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
  'layer-not-in-network': 'error',
  'layer-twice': 'error',
  'coarse-map': 'information',
  'outlier-share-out-of-range': 'error',
  'outliers-on-wrong-side': 'error',
  'too-few-outliers': 'error',
  'few-exceptional-images': 'warning',
  'threshold-out-of-range': 'error',
  'threshold-twice': 'error',
  'patch-larger-than-image': 'error',
} as const satisfies Readonly<Record<string, Severity>>;

export type FindingCode = keyof typeof findingCodes;
