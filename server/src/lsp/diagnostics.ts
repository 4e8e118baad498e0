/*
 * Diagnostics: the findings of a document, from the language, from the resources of this machine, from the files that
 * it names and from the last runs. This is the only place where findings become LSP diagnostics, and are read back from them.
 */
import { DefaultDocumentValidator, type LangiumDocument } from 'langium';
import type { Diagnostic } from 'vscode-languageserver';
import { findingText, hasErrors, type Finding, type PlacedFinding, type Severity } from '#domain/finding';
import type { Constraint } from '#domain/objective';
import { collectFindings } from '#language/checks/collect-findings';
import { propertyRules } from '#language/entries/entries';
import type { Case } from '#language/generated/ast';
import type { ImportedDocuments, SpecificationDocument } from '#language/imports/imported-documents';
import { propertyNames } from '#language/entries/entries';
import type { CaseSpecification } from '#language/specification/specification';
import { estimateRun, warnDisk } from '#runner/estimate/estimate-run';
import { refuseWorkers } from '#runner/estimate/refuse-memory';
import { resolveCase } from '#runner/weights/pretrained-file';
import { formatQuantity } from '#units/format-quantity';
import type { Dimension, Quantity as SiQuantity } from '#units/quantity';
import type { XDesignServerServices, XDesignSharedServices } from '../server-services';
import { specificationOf } from './case-specification';
import type { ImageExtremes, LastResult } from '../last-results';

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
    return [...findings, ...cases.flatMap((node) => this.ofCase(document, node)), ...this.ofFiles(document, cases)].map((finding) => diagnosticOf(finding, page));
  }

  private ofCase(document: SpecificationDocument, node: Case): readonly PlacedFinding[] {
    const specification = specificationOf(document, node);
    if (specification === undefined) return [];
    const { LastResults } = this.shared.xdesign;
    return [...this.ofMachine(document, specification), ...unmetConstraints(node, specification, LastResults.of(document.uri, specification))];
  }

  /** Of the last check of the files. They may have changed since, so none makes the specification invalid: a run reads them again. */
  private ofFiles(document: SpecificationDocument, cases: readonly Case[]): readonly PlacedFinding[] {
    const specifications = cases.flatMap((node) => specificationOf(document, node) ?? []);
    const found = this.shared.xdesign.DatabaseFiles.findings(document.uri, specifications);
    return found.map((finding) => (finding.severity === 'error' ? { ...finding, severity: 'warning' } : finding));
  }

  private ofMachine(document: SpecificationDocument, specification: CaseSpecification): readonly PlacedFinding[] {
    // Computed once when a case is read, and reused while only its position changes.
    const { case: read, place } = specification;
    const findings = this.machineFindings.get(read) ?? this.resourceFindings(document, read);
    this.machineFindings.set(read, findings);
    // The resources of the machine with the editor never make a file invalid.
    return findings.map((finding) => ({ ...finding, severity: 'warning', place }));
  }

  private resourceFindings(document: SpecificationDocument, read: CaseSpecification['case']): readonly Finding[] {
    const { workers, memory, freeDisk } = this.shared.xdesign.Machine;
    const free = freeDisk(document.uri);
    const problem = resolveCase(read);
    return [
      refuseWorkers(problem, workers, memory, true),
      free === undefined ? undefined : warnDisk(estimateRun(problem, workers), free),
    ].filter((finding) => finding !== undefined);
  }
}

/** `constraint-met-by-no-image`: constraints that no image of the last run's database meets, so few designs will. */
function unmetConstraints(node: Case, { case: { constraints }, place }: CaseSpecification, last: LastResult | undefined): readonly PlacedFinding[] {
  if (last?.images === undefined) return [];
  const entries = node.entries.filter((entry) => entry.$type === 'DifferenceConstraint' || entry.$type === 'BoundConstraint');
  return constraints.flatMap((constraint, index) => {
    const extremes = last.images![constraint.property];
    const entry = entries[index];
    const best = extremes === undefined ? undefined : bestOf(constraint, extremes);
    if (best === undefined || entry?.$cstNode === undefined || propertyNames[entry.property] !== constraint.property) return [];
    const { start, end } = entry.$cstNode.range;
    return [{
      code: 'constraint-met-by-no-image',
      severity: 'information',
      message: `No image of the database meets this: the best has ${best}. A design still may, but the network has no example.`,
      remedy: 'Relax it, or generate images that come closer.',
      place: { file: place.file, start, end },
    }];
  });
}

/** The best value of all images; undefined where it meets the constraint. */
function bestOf(constraint: Constraint, { highest, lowest, leastDifference }: ImageExtremes): string | undefined {
  if (constraint.kind === 'difference') {
    return leastDifference < constraint.limit ? undefined : formatQuantity(leastDifference as SiQuantity<'share'>, 'share');
  }
  const best = constraint.relation === '>' ? highest : lowest;
  const met = constraint.relation === '>' ? best > constraint.value : best < constraint.value;
  return met ? undefined : formatQuantity(best as SiQuantity<Dimension>, propertyRules[constraint.property].dimension);
}

const severities = { error: 1, warning: 2, information: 3 } as const satisfies Readonly<Record<Severity, number>>;

/** The parts of a finding that LSP has no field for; an editor sends them back when it requests quick fixes. */
export type DiagnosticData = Pick<Finding, 'message' | 'remedy' | 'fixes'>;

/** The diagnostic of a finding: the remedy follows the message, and the code links to its section of `page`. */
function diagnosticOf(finding: PlacedFinding, page: string): Diagnostic {
  const { code, severity, message, remedy, place: { start, end }, fixes } = finding;
  const data: DiagnosticData = { message, ...(remedy !== undefined && { remedy }), ...(fixes !== undefined && { fixes }) };
  return { code, codeDescription: { href: `${page}#${code}` }, severity: severities[severity], message: findingText(finding), range: { start, end }, source: 'xdesign', data };
}

/** The finding of a diagnostic, without its place and its fixes. */
export function findingOf({ code, severity, data }: Diagnostic): Finding {
  const { message, remedy } = data as DiagnosticData;
  const names = Object.keys(severities) as Severity[];
  return { code: String(code), severity: names.find((name) => severities[name] === severity)!, message, ...(remedy !== undefined && { remedy }) };
}
