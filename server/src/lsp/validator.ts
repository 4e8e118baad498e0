/*
 * Diagnostics: the findings of the language, each with a link to its section of docs/findings.md, and
 * what only this machine and its last runs know of a case.
 */
import type { LangiumDocument } from 'langium';
import type { Diagnostic } from 'vscode-languageserver';
import type { Case, SpecificationFile } from '#language/generated/ast';
import type { SpecificationDocument } from '#language/imported-documents';
import type { CaseSpecification } from '#language/specification';
import { XDesignDocumentValidator } from '#language/xdesign-document-validator';
import { estimateRun } from '#runner/estimate/estimate-run';
import { warnDisk } from '#runner/estimate/warn-disk';
import { refuseWorkers } from '#runner/refuse-memory';
import { resolveCase } from '#runner/weights/pretrained-file';
import type { XDesignServerServices, XDesignSharedServices } from '../server-services';
import { specificationOf } from './case-specification';
import { diagnosticOf, type PlacelessFinding } from './finding-diagnostic';
import { unmetConstraints } from './unmet-constraints';

export class XDesignDiagnostics extends XDesignDocumentValidator {
  private readonly shared: XDesignSharedServices;
  private readonly machineFindings = new WeakMap<CaseSpecification['case'], readonly PlacelessFinding[]>();

  constructor(services: XDesignServerServices) {
    super(services);
    this.shared = services.shared;
  }

  override async validateDocument(document: LangiumDocument): Promise<Diagnostic[]> {
    const ofLanguage = await super.validateDocument(document);
    const { value } = document.parseResult;
    const refused = ofLanguage.some(({ severity }) => severity === 1);
    const cases = refused ? [] : ((value as SpecificationFile).declarations ?? []).filter((node) => node.$type === 'Case');
    const page = this.shared.xdesign.Settings.current.findingsPage;
    return [...ofLanguage, ...cases.flatMap((node) => this.ofCase(document as SpecificationDocument, node))].map((diagnostic) => ({
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

  private planned(document: SpecificationDocument, read: CaseSpecification['case']): readonly PlacelessFinding[] {
    const { workers, memory, freeDisk } = this.shared.xdesign.Machine;
    const free = freeDisk(document.uri);
    return [
      refuseWorkers(resolveCase(read), workers, memory),
      free === undefined ? undefined : warnDisk(estimateRun(read, workers), free),
    ].filter((finding) => finding !== undefined);
  }
}
