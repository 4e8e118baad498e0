import { AstUtils, DefaultDocumentValidator, type LangiumDocument } from 'langium';
import { collectFindings } from './collect-findings';
import type { SpecificationFile } from './generated/ast';
import type { TextFix } from './located-finding';
import type { ImportedDocuments } from './imported-documents';
import type { XDesignServices } from './xdesign-services';

type Diagnostics = ReturnType<DefaultDocumentValidator['validateDocument']>;

const severities = { error: 1, warning: 2, information: 3 } as const;

/** What a diagnostic carries beside its text: the parts of that text, and the edits that mend it. */
export interface DiagnosticData {
  readonly message: string;
  readonly remedy?: string;
  readonly fixes?: readonly TextFix[];
}

/** Hands the findings to an editor: the remedy follows the message and stands alone in `data`. */
export class XDesignDocumentValidator extends DefaultDocumentValidator {
  private readonly imported: ImportedDocuments;

  constructor(services: XDesignServices) {
    super(services);
    this.imported = services.references.ImportedDocuments;
  }

  override async validateDocument(document: LangiumDocument): Diagnostics {
    const root = AstUtils.getDocument<SpecificationFile>(document.parseResult.value);
    return collectFindings(root, this.imported).map(({ code, severity, message, remedy, fixes, start, end }) => ({
      code,
      severity: severities[severity],
      message: remedy === undefined ? message : `${message} ${remedy}`,
      range: { start, end },
      source: 'xdesign',
      data: { message, ...(remedy !== undefined && { remedy }), ...(fixes !== undefined && { fixes }) } satisfies DiagnosticData,
    }));
  }
}
