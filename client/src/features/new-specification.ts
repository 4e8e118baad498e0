import { commands, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import { commandNames } from '../command-names';
import type { Feature } from '../host';

/** The benchmark cases that a specification can begin with; each is a file of client/templates. */
const templates = [
  { file: 'stiffness.xdesign', label: 'Stiffness', detail: "Boron in aluminum: a large Young's modulus in both directions." },
  { file: 'poisson.xdesign', label: "Poisson's ratio", detail: "Boron in aluminum: a large Poisson's ratio in both directions." },
  { file: 'expansion.xdesign', label: 'Thermal expansion', detail: 'Aluminum in foam: little expansion in both directions.' },
];

/** A new text with a benchmark case. It is saved, under a name that is free, when the user saves or runs it. */
export const newSpecification: Feature = ({ extensionUri }) =>
  commands.registerCommand(commandNames.newSpecification, async () => {
    const template = await window.showQuickPick(templates, { placeHolder: 'Which case shall the specification begin with?' });
    if (template === undefined) return;
    const bytes = await workspace.fs.readFile(Uri.joinPath(extensionUri, 'client/templates', template.file));
    const text = new TextDecoder().decode(bytes);
    const folder = workspace.workspaceFolders?.[0]?.uri;
    if (folder === undefined) {
      await window.showTextDocument(await workspace.openTextDocument({ language: 'xdesign', content: text }));
      return;
    }
    const uri = (await freeName(folder, template.file)).with({ scheme: 'untitled' });
    const document = await workspace.openTextDocument(uri);
    const edit = new WorkspaceEdit();
    edit.insert(uri, document.positionAt(0), text);
    await workspace.applyEdit(edit);
    await window.showTextDocument(document);
  });

/** `stiffness.xdesign`, or `stiffness-2.xdesign`, … */
async function freeName(folder: Uri, file: string): Promise<Uri> {
  const taken = new Set((await workspace.fs.readDirectory(folder)).map(([name]) => name));
  const open = new Set(workspace.textDocuments.map(({ uri }) => uri.path));
  const [stem, extension] = file.split('.');
  for (let number = 1; ; number++) {
    const name = number === 1 ? file : `${stem}-${number}.${extension}`;
    const uri = Uri.joinPath(folder, name);
    if (!taken.has(name) && !open.has(uri.path)) return uri;
  }
}
