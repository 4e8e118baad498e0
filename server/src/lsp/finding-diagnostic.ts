import type { Diagnostic, Range } from 'vscode-languageserver';
import type { DiagnosticData } from '#language/xdesign-document-validator';

/** A finding that has no place of its own. */
export interface PlacelessFinding {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
  readonly remedy?: string;
}

const severities = { error: 1, warning: 2, information: 3 } as const;

/** A finding of runner or server, as the findings of the language are told. */
export function diagnosticOf({ code, severity, message, remedy }: PlacelessFinding, range: Range): Diagnostic {
  return {
    code,
    severity: severities[severity],
    message: remedy === undefined ? message : `${message} ${remedy}`,
    range,
    source: 'xdesign',
    data: { message, ...(remedy !== undefined && { remedy }) } satisfies DiagnosticData,
  };
}
