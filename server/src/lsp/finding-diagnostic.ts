import type { Diagnostic, Range } from 'vscode-languageserver';
import { findingText, type Finding, type PlacedFinding, type Severity } from '#domain/finding';

const severities = { error: 1, warning: 2, information: 3 } as const satisfies Readonly<Record<Severity, number>>;

/** The parts of a finding that LSP has no field for; an editor hands them back when it asks for quick fixes. */
export type DiagnosticData = Pick<Finding, 'message' | 'remedy' | 'fixes'>;

/** A finding as editors show it: the remedy follows the message. One without a place gets `range`. */
export function diagnosticOf(finding: PlacedFinding): Diagnostic;
export function diagnosticOf(finding: Finding, range: Range): Diagnostic;
export function diagnosticOf(finding: Finding, range?: Range): Diagnostic {
  const { code, severity, message, remedy, place, fixes } = finding;
  const { start, end } = (range ?? place)!;
  const data: DiagnosticData = { message, ...(remedy !== undefined && { remedy }), ...(fixes !== undefined && { fixes }) };
  return { code, severity: severities[severity], message: findingText(finding), range: { start, end }, source: 'xdesign', data };
}

/** The finding that a diagnostic was made from, without its place and its fixes. */
export function findingOf({ code, severity, data }: Diagnostic): Finding {
  const { message, remedy } = data as DiagnosticData;
  const names = Object.keys(severities) as Severity[];
  return { code: String(code), severity: names.find((name) => severities[name] === severity)!, message, ...(remedy !== undefined && { remedy }) };
}
