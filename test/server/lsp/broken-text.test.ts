/* Every feature answers on texts that are being written: cut off, doubled, half typed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { URI } from 'langium';
import { EmptyFileSystem } from 'langium';
import { createServerServices } from '#server/services';
import { selectionRanges } from '#server/lsp/navigation';
import { disk, fixturePaths } from '#test/language/read-fixture';
import { office } from '#test/server/open-text';
import { edited } from '#test/server/show';

const texts = [...fixturePaths('good'), ...fixturePaths('bad')].map((path) => disk.read(path)!).filter((text) => text.length < 2500);

const broken = fc
  .tuple(fc.constantFrom(...texts), fc.nat(), fc.nat({ max: 60 }), fc.constantFrom('', ' ', '{', '}', '"', '/*', 'GP', 'white ', 'case C {', 'xdesign:', '5 '), fc.nat())
  .map(([text, from, length, insert, cursor]) => {
    const start = from % (text.length + 1);
    const after = text.slice(0, start) + insert + text.slice(start + length);
    return { text: after, offset: cursor % 3 === 0 ? Math.min(after.length, start + insert.length) : cursor % (after.length + 1) };
  });

test('no feature fails on any text, and edits that are offered fit into it', { timeout: 120_000 }, async () => {
  const { shared, xdesign } = createServerServices(EmptyFileSystem, { machine: office });
  await shared.workspace.WorkspaceManager.initializeWorkspace([]);
  let name = 0;
  await fc.assert(
    fc.asyncProperty(broken, async ({ text, offset }) => {
      const document = shared.workspace.LangiumDocuments.createDocument(URI.parse(`file:///work/${name++}.xdesign`), text);
      await shared.workspace.DocumentBuilder.build([document], { validation: true });
      const textDocument = { uri: document.uri.toString() };
      const position = document.textDocument.positionAt(offset);
      const range = { start: position, end: position };
      const at = { textDocument, position };
      const options = { tabSize: 4, insertSpaces: true };
      const { lsp } = xdesign;
      const whole = { start: { line: 0, character: 0 }, end: document.textDocument.positionAt(text.length) };

      const completion = await lsp.CompletionProvider!.getCompletion(document, at);
      for (const { textEdit, additionalTextEdits = [] } of completion?.items ?? []) edited(document, [...(textEdit === undefined ? [] : [textEdit as never]), ...additionalTextEdits]);
      await lsp.HoverProvider!.getHoverContent(document, at);
      await lsp.DefinitionProvider!.getDefinition(document, at);
      await lsp.ReferencesProvider!.findReferences(document, { ...at, context: { includeDeclaration: true } });
      await lsp.RenameProvider!.prepareRename(document, at);
      await lsp.DocumentSymbolProvider!.getSymbols(document, { textDocument });
      await lsp.FoldingRangeProvider!.getFoldingRanges(document, { textDocument });
      await lsp.DocumentLinkProvider!.getDocumentLinks(document, { textDocument });
      await lsp.SemanticTokenProvider!.semanticHighlight(document, { textDocument });
      await lsp.CodeLensProvider!.provideCodeLens(document, { textDocument });
      await lsp.InlayHintProvider!.getInlayHints(document, { textDocument, range: whole });
      edited(document, (await lsp.Formatter!.formatDocument(document, { textDocument, options }))!);
      edited(document, (await lsp.Formatter!.formatDocumentOnType(document, { ...at, options, ch: '\n' }))!);
      const actions = await lsp.CodeActionProvider!.getCodeActions(document, { textDocument, range, context: { diagnostics: document.diagnostics! } });
      for (const action of actions ?? []) if ('edit' in action) edited(document, action.edit?.changes?.[textDocument.uri] ?? []);
      expect(selectionRanges(document, [position])).toHaveLength(1);
      await shared.workspace.DocumentBuilder.update([], [document.uri]);
    }),
    { numRuns: 250, seed: 13 },
  );
});
