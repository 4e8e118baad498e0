import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { URI, type LangiumDocument } from 'langium';
import { expect, test } from 'vitest';
import { readSpecification } from '#language/read-specification';
import { createXDesignServices } from '#language/xdesign-module';
import { disk, fixturePaths } from './read-fixture';

/** Diagnostics of all fixtures as an editor gets them: Langium's own phases, imports by URI. */
async function diagnose(paths: readonly string[]): Promise<readonly LangiumDocument[]> {
  const { shared } = createXDesignServices();
  const documents = paths.map((path) => shared.workspace.LangiumDocumentFactory.fromString(readFileSync(path, 'utf8'), URI.file(path)));
  for (const document of documents) shared.workspace.LangiumDocuments.addDocument(document);
  await shared.workspace.DocumentBuilder.build(documents, { validation: true });
  return documents;
}

test("an editor's diagnostics are the findings of the command line", async () => {
  const paths = [...fixturePaths('bad'), ...fixturePaths('good')];
  const documents = await diagnose(paths);
  documents.forEach((document, index) => {
    const path = paths[index]!;
    const diagnostics = document.diagnostics!.map(({ code, message, range, severity, data }) => ({ code, message, ...range, severity, data: data as object }));
    const findings = readSpecification(path, disk).findings.filter((finding) => finding.file === path);
    const expected = findings.map(({ code, message, remedy, fixes, start, end, severity }) => ({
      code, message: remedy === undefined ? message : `${message} ${remedy}`, start, end, severity: { error: 1, warning: 2, information: 3 }[severity], data: { message, ...(remedy !== undefined && { remedy }), ...(fixes !== undefined && { fixes: fixes.map(({ file, ...fix }) => ({ ...fix, ...(file !== undefined && { file: URI.file(file).toString() }) })) }) },
    }));
    const inOrder = (a: object, b: object): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
    expect(diagnostics.toSorted(inOrder), basename(path)).toEqual(expected.toSorted(inOrder));
  });
});
