/*
 * Texts of tests as an editor has them open: `<|>` is the cursor, `<[` and `]>` are the ends of a selection.
 * Files lie in memory, by default under file:///work/.
 */
import { EmptyFileSystem, URI, type LangiumDocument } from 'langium';
import type { Position, Range, TextDocumentIdentifier } from 'vscode-languageserver';
import type { SpecificationFile } from '#language/generated/ast';
import { noFiles } from '#server/database-files';
import { noResults } from '#server/last-results';
import type { Machine } from '#server/machine';
import type { ServerServices } from '#server/server-services';
import { createServerServices, type Provided } from '#server/services';

export interface OpenText extends ServerServices {
  readonly document: LangiumDocument<SpecificationFile>;
  /** Without marks. */
  readonly text: string;
  readonly textDocument: TextDocumentIdentifier;
  /** Where `<|>` stood; the start of the file without one. */
  readonly position: Position;
  /** Between `<[` and `]>`; empty at the cursor without them. */
  readonly range: Range;
}

/** The machine of all tests. */
export const office: Machine = { workers: 4, memory: 16e9, freeDisk: () => 100e9 };

/** Opens `main.xdesign` beside other files in `root`, validated; `prepare` may change the services before. */
export async function openText(
  marked: string,
  others: Readonly<Record<string, string>> = {},
  { prepare = () => {}, results = noResults, machine = office, files = noFiles, root = 'file:///work' }: Provided & { readonly prepare?: (services: ServerServices) => void; readonly root?: string } = {},
): Promise<OpenText> {
  const services = createServerServices(EmptyFileSystem, { results, machine, files });
  prepare(services);
  const { workspace } = services.shared;
  await workspace.WorkspaceManager.initializeWorkspace([{ name: 'work', uri: root }]);

  const text = marked.replaceAll('<|>', '').replaceAll('<[', '').replaceAll(']>', '');
  const create = (name: string, content: string): LangiumDocument => workspace.LangiumDocuments.createDocument(URI.parse(`${root}/${name}`), content);
  for (const [name, content] of Object.entries(others)) create(name, content);
  const document = create('main.xdesign', text) as LangiumDocument<SpecificationFile>;
  await workspace.DocumentBuilder.build([...workspace.LangiumDocuments.all], { validation: true });

  const placeOf = (mark: string): Position | undefined => {
    const index = marked.indexOf(mark);
    return index < 0 ? undefined : document.textDocument.positionAt(marked.slice(0, index).replace(/<\|>|<\[|\]>/g, '').length);
  };
  const position = placeOf('<|>') ?? placeOf('<[') ?? { line: 0, character: 0 };
  const range = { start: placeOf('<[') ?? position, end: placeOf(']>') ?? position };
  return { ...services, document, text, textDocument: { uri: document.uri.toString() }, position, range };
}
