/*
 * Diagnostics: the findings of the language, each with a link to its section of docs/findings.md, and
 * what only this machine and its last runs know of a case.
 */
import { DefaultDocumentValidator, type LangiumDocument } from 'langium';
import type { Diagnostic } from 'vscode-languageserver';
import { hasErrors, type Finding } from '#domain/finding';
import { collectFindings } from '#language/collect-findings';
import type { Case } from '#language/generated/ast';
import type { ImportedDocuments, SpecificationDocument } from '#language/imported-documents';
import type { CaseSpecification } from '#language/specification';
import { estimateRun, warnDisk } from '#runner/estimate/estimate-run';
import { refuseWorkers } from '#runner/estimate/refuse-memory';
import { resolveCase } from '#runner/weights/pretrained-file';
import type { XDesignServerServices, XDesignSharedServices } from '../server-services';
import { specificationOf } from './case-specification';
import { diagnosticOf } from './finding-diagnostic';
import { unmetConstraints } from './unmet-constraints';

export class XDesignDiagnostics extends DefaultDocumentValidator {
  private readonly shared: XDesignSharedServices;
  private readonly imported: ImportedDocuments;
  private readonly machineFindings = new WeakMap<CaseSpecification['case'], readonly Finding[]>();

  constructor(services: XDesignServerServices) {
    super(services);
    this.shared = services.shared;
    this.imported = services.references.ImportedDocuments;
  }

  override async validateDocument(given: LangiumDocument): Promise<Diagnostic[]> {
    const document = given as SpecificationDocument;
    const findings = collectFindings(document, this.imported);
    const cases = hasErrors(findings) ? [] : (document.parseResult.value.declarations ?? []).filter((node) => node.$type === 'Case');
    const page = this.shared.xdesign.Settings.current.findingsPage;
    return [...findings.map((finding) => diagnosticOf(finding)), ...cases.flatMap((node) => this.ofCase(document, node))].map((diagnostic) => ({
      ...diagnostic,
      codeDescription: { href: `${page}#${diagnostic.code}` },
    }));
  }

  private ofCase(document: SpecificationDocument, node: Case): Diagnostic[] {
    const specification = specificationOf(document, node);
    if (specification === undefined) return [];
    const { LastResults } = this.shared.xdesign;
    return [...this.ofMachine(document, specification), ...unmetConstraints(node, specification, LastResults.of(document.uri, specification))];
  }

  private ofMachine(document: SpecificationDocument, specification: CaseSpecification): Diagnostic[] {
    // Made once when a case is read, and kept while only its place changes.
    const { case: read, place } = specification;
    const known = this.machineFindings.get(read) ?? this.planned(document, read);
    this.machineFindings.set(read, known);
    // The editor refuses no text because of the machine that it happens to be open on.
    return known.map((finding) => diagnosticOf({ ...finding, severity: 'warning' }, { start: place.start, end: place.end }));
  }

  private planned(document: SpecificationDocument, read: CaseSpecification['case']): readonly Finding[] {
    const { workers, memory, freeDisk } = this.shared.xdesign.Machine;
    const free = freeDisk(document.uri);
    return [
      refuseWorkers(resolveCase(read), workers, memory),
      free === undefined ? undefined : warnDisk(estimateRun(read, workers), free),
    ].filter((finding) => finding !== undefined);
  }
}
