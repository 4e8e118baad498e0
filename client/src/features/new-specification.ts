import { commands, Uri, window, workspace, type TextDocument } from 'vscode';
import { commandNames } from '#client/command-names';
import type { Feature } from '#client/host';

/** The benchmark cases that a specification can begin with; each is a file of client/templates. */
const templates = [
  { file: 'stiffness.xdesign', label: 'Stiffness', detail: "Boron in aluminum: a large Young's modulus in both directions." },
  { file: 'poisson.xdesign', label: "Poisson's ratio", detail: "Boron in aluminum: a large Poisson's ratio in both directions." },
  { file: 'expansion.xdesign', label: 'Thermal expansion', detail: 'Aluminum in foam: little expansion in both directions.' },
];

/** A new file with a benchmark case, in the first folder of the workspace; without a folder an unsaved document. */
export const newSpecification: Feature = ({ extensionUri }) =>
  commands.registerCommand(commandNames.newSpecification, async () => {
    const template = await window.showQuickPick(templates, { placeHolder: 'Which case should the specification start from?' });
    if (template === undefined) return;
    const content = await workspace.fs.readFile(Uri.joinPath(extensionUri, 'client/templates', template.file));
    await window.showTextDocument(await create(template.file, content), { preview: false });
  });

/** The document is created with its content: an edit of an empty document could be undone, and then saved as an empty file. */
async function create(file: string, content: Uint8Array): Promise<TextDocument> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  if (folder === undefined) return workspace.openTextDocument({ language: 'xdesign', content: new TextDecoder().decode(content) });
  const uri = await freeName(folder, file);
  await workspace.fs.writeFile(uri, content);
  return workspace.openTextDocument(uri);
}

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
