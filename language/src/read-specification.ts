import { DocumentState, URI } from 'langium';
import { hasErrors, type PlacedFinding } from '#domain/finding';
import { collectFindings } from '#language/checks/collect-findings';
import type { Import, SpecificationFile } from './generated/ast';
import { importsOf, type ImportedDocuments, type SpecificationDocument } from '#language/imports/imported-documents';
import { asksForLibrary, libraryText } from '#language/imports/library';
import { referencesIn } from '#language/imports/linking';
import type { Specification } from '#language/specification/specification';
import { toSpecification } from '#language/specification/document-specification';
import { createXDesignServices } from './xdesign-module';
import type { XDesignServices } from '#language/imports/imported-documents';

/** How files are named and read; the language itself knows no disk. */
export interface FileReader {
  /** The text of a file; undefined when there is none or it cannot be read. */
  read(file: string): string | undefined;
  /** The file that an import written in `from` means; equal files must get equal names. */
  resolve(from: string, target: string): string;
}

export interface SpecificationReading {
  /** Absent when any finding is an error. */
  readonly specification?: Specification;
  /** Of the file and of all that it imports, directly or not: by file in order of import, then by place. */
  readonly findings: readonly PlacedFinding[];
}

/** Reads a file with everything that it imports. Never throws because of what a file says. */
export function readSpecification(file: string, reader: FileReader): SpecificationReading {
  const text = reader.read(file);
  if (text === undefined) {
    const start = { line: 0, character: 0 };
    const remedy = 'Check its path and whether it may be read.';
    return { findings: [{ code: 'file-not-found', severity: 'error', message: `There is no file "${file}" to read.`, remedy, place: { file, start, end: start } }] };
  }
  const documents = load(file, text, reader);
  for (const document of documents.values()) link(document);

  const names = new Map([...documents].map(([name, { uri }]) => [uri.toString(), name]));
  const findings = [...documents.values()].flatMap((document) => collectFindings(document, imports).map((finding) => withNames(finding, names)));
  const sorted = sortFindings(findings, [...documents.keys()]);
  if (hasErrors(sorted)) return { findings: sorted };
  return { specification: toSpecification(documents.get(file)!, ({ uri }) => names.get(uri.toString())!), findings: sorted };
}

/** The finding with each file by its name in `names`, which has the names by URI. */
function withNames({ place, fixes, ...finding }: PlacedFinding, names: ReadonlyMap<string, string>): PlacedFinding {
  const nameOf = (uri: string): string => names.get(uri)!;
  return {
    ...finding,
    place: { ...place, file: nameOf(place.file) },
    ...(fixes !== undefined && { fixes: fixes.map(({ file, ...fix }) => ({ ...fix, ...(file !== undefined && { file: nameOf(file) }) })) }),
  };
}

/** By file in the order given, then line, character and code. */
function sortFindings(findings: readonly PlacedFinding[], files: readonly string[]): PlacedFinding[] {
  const rank = new Map(files.map((file, index) => [file, index]));
  const rankOf = ({ place }: PlacedFinding): number => rank.get(place.file)!;
  return findings.toSorted(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      a.place.start.line - b.place.start.line ||
      a.place.start.character - b.place.start.character ||
      (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
}

/** Where the imports of the documents that are being read lead. */
const targets = new WeakMap<Import, SpecificationDocument>();
const imports: ImportedDocuments = { of: (node) => targets.get(node), refusal: () => undefined };

/** Building a parser takes longer than using it; it holds no documents. */
let services: XDesignServices | undefined;

/** Parses the file and all that it imports, each once, in the order in which they are met. */
function load(entry: string, text: string, reader: FileReader): ReadonlyMap<string, SpecificationDocument> {
  services ??= createXDesignServices(imports);
  const documents = new Map<string, SpecificationDocument>();
  const parse = (name: string, content: string): SpecificationDocument => {
    const uri = URI.from({ scheme: 'xdesign', path: `/${documents.size}.xdesign` });
    const document = services!.shared.workspace.LangiumDocumentFactory.fromString<SpecificationFile>(content, uri);
    documents.set(name, document);
    return document;
  };

  const open = [{ name: entry, document: parse(entry, text) }];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    for (const node of importsOf(next.document)) {
      if (!node.path) continue;
      const name = asksForLibrary(node.path) ? node.path : reader.resolve(next.name, node.path);
      let target = documents.get(name);
      if (target === undefined) {
        const content = asksForLibrary(name) ? libraryText(name) : reader.read(name);
        if (content === undefined) continue;
        target = parse(name, content);
        open.push({ name, document: target });
      }
      targets.set(node, target);
    }
  }
  return documents;
}

/** Resolves every reference now, while all documents are parsed. */
function link(document: SpecificationDocument): void {
  // Langium's own phases are asynchronous and fill an index; our scopes read the documents themselves.
  document.state = DocumentState.ComputedScopes;
  for (const { reference } of referencesIn(document)) if ('ref' in reference) void reference.ref;
  document.state = DocumentState.Linked;
}
