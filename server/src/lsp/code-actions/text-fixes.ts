import type { DiagnosticData } from '#language/xdesign-document-validator';
import type { Fix } from './offer';

/** The edits that a finding of the language brings along. */
export const textFixes: Fix = ({ data }, { document }) => {
  const { fixes = [] } = data as DiagnosticData;
  return fixes.map(({ title, file = document.uri.toString(), range, text, preferred }) => ({ title, edits: { [file]: [{ range, newText: text }] }, ...(preferred && { preferred }) }));
};
