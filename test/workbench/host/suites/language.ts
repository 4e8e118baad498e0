import { strict as assert } from 'node:assert';
import { commands, languages, Range, WorkspaceEdit, workspace, type CodeLens, type Hover } from 'vscode';
import { fileOf, open } from '#test/workbench/host/specification';
import { until } from '#test/workbench/host/until';

export function languageSuite(): void {
  describe('the language server of the .vsix', () => {
    it('underlines what is wrong, with a code that leads to its explanation', async () => {
      await open('broken.xdesign');
      const [diagnostic] = await until('diagnostic', () => some(languages.getDiagnostics(fileOf('broken.xdesign'))));
      assert.match(diagnostic!.message, /Bron/);
      assert.equal(diagnostic!.source, 'xdesign');
    });

    it('follows the text while it is typed', async () => {
      const document = await open('case.xdesign');
      const text = document.getText();
      const young = text.indexOf('379.3 GPa');
      const edit = new WorkspaceEdit();
      edit.replace(document.uri, new Range(document.positionAt(young), document.positionAt(young + 9)), '379.3 m');
      await workspace.applyEdit(edit);
      await until('diagnostic of the unit', () => some(languages.getDiagnostics(document.uri)));
      const back = new WorkspaceEdit();
      back.replace(document.uri, new Range(0, 0, document.lineCount, 0), text);
      await workspace.applyEdit(back);
      await until('text without diagnostics', () => languages.getDiagnostics(document.uri).length === 0);
      assert.equal(document.getText(), text);
    });

    it('offers to run a case above it', async () => {
      const { uri } = await open('case.xdesign');
      const lenses = await until('code lens', async () => some(await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri, 50)));
      const run = lenses.find(({ command }) => command?.command === 'xdesign.run');
      assert.deepEqual(run?.command?.arguments, [uri.toString(), 'Stiffness']);
    });

    it('answers hovers', async () => {
      const document = await open('case.xdesign');
      const position = document.positionAt(document.getText().indexOf('young'));
      const hovers = await until('hover', async () => some(await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, position)));
      assert.ok(hovers.length > 0);
    });
  });
}

function some<T>(values: readonly T[]): readonly T[] | undefined {
  return values.length > 0 ? values : undefined;
}
