import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { EmptyFileSystem, URI, type LangiumDocument } from 'langium';
import { expect, test } from 'vitest';
import { findingText } from '#domain/finding';
import { readSpecification } from '#language/read-specification';
import { createServerServices } from '#server/services';
import { disk, fixturePaths, root } from '#test/language/read-fixture';

/** Diagnostics of all fixtures as an editor gets them, on a machine that has no limits: Langium's own phases, imports by URI. */
async function diagnose(paths: readonly string[]): Promise<readonly LangiumDocument[]> {
  const { workspace } = createServerServices(EmptyFileSystem, { machine: { workers: 1, memory: 1e18, freeDisk: () => undefined } }).shared;
  await workspace.WorkspaceManager.initializeWorkspace([{ name: 'fixtures', uri: URI.file(root).toString() }]);
  const documents = paths.map((path) => workspace.LangiumDocumentFactory.fromString(readFileSync(path, 'utf8'), URI.file(path)));
  for (const document of documents) workspace.LangiumDocuments.addDocument(document);
  await workspace.DocumentBuilder.build(documents, { validation: true });
  return documents;
}

test("an editor's diagnostics are the findings of the command line", async () => {
  const paths = [...fixturePaths('bad'), ...fixturePaths('good')];
  const documents = await diagnose(paths);
  documents.forEach((document, index) => {
    const path = paths[index]!;
    const diagnostics = document.diagnostics!.map(({ code, message, range, severity, data }) => ({ code, message, ...range, severity, data: data as object }));
    const findings = readSpecification(path, disk).findings.filter(({ place }) => place.file === path);
    const expected = findings.map((finding) => {
      const { code, severity, message, remedy, place: { start, end } } = finding;
      const fixes = finding.fixes?.map(({ file, ...fix }) => ({ ...fix, ...(file !== undefined && { file: URI.file(file).toString() }) }));
      return { code, message: findingText(finding), start, end, severity: { error: 1, warning: 2, information: 3 }[severity], data: { message, ...(remedy !== undefined && { remedy }), ...(fixes !== undefined && { fixes }) } };
    });
    const inOrder = (a: object, b: object): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
    expect(diagnostics.toSorted(inOrder), basename(path)).toEqual(expected.toSorted(inOrder));
  });
});
