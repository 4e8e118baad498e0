/*
 * Paths in the quotes of `images` and `labels`: folders, files that can be read, and patterns for many files; after a
 * colon the datasets of a file, and in the quotes of columns those of the table of `labels`.
 */
import { readdir } from 'node:fs/promises';
import { extname } from 'node:path';
import { UriUtils, type LangiumDocument, type URI } from 'langium';
import type { CompletionValueItem } from 'langium/lsp';
import { CompletionItemKind, type Range } from 'vscode-languageserver';
import type { NamedDataset } from '../../database-files';
import type { XDesignServerServices } from '../../server-services';

/** What is offered in the quotes of an entry. */
export type FileUse = 'images' | 'labels' | 'columns';

export interface FileItems {
  readonly items: readonly CompletionValueItem[];
  /** There are more than are offered. */
  readonly hasMore: boolean;
}

const readable: Readonly<Record<'images' | 'labels', RegExp>> = {
  images: /\.(png|tiff?|jpe?g|p[bgp]m|pnm|npy|npz|h5|hdf5|parquet)$/i,
  labels: /\.(csv|tsv|txt|npy|npz|h5|hdf5|parquet)$/i,
};
/** Files with datasets that have names. */
const withDatasets = /\.(npz|h5|hdf5|parquet)$/i;
/** Files with one picture each. */
const single = /\.(png|tiff?|jpe?g|p[bgp]m|pnm)$/i;

/** A folder with many files is not sent whole; what is typed narrows it down. */
const mostItems = 200;

/** Items for the string around or at `offset`. */
export async function fileItems(document: LangiumDocument, offset: number, use: FileUse, services: XDesignServerServices): Promise<FileItems> {
  const string = stringAround(document, offset);
  if (use === 'columns') return { items: await columnItems(document, offset, string, services), hasMore: false };
  const typed = string?.typed ?? '';
  const [, file, after] = /^(.{2,}?\.\w+):(.*)$/s.exec(typed) ?? [];
  if (file !== undefined) return { items: after === undefined || use === 'labels' ? [] : await datasetItems(document, file, string, services), hasMore: false };
  return pathItems(document, typed, string, use, services);
}

/** A string with its quotes, and the part of it before the cursor. */
interface WrittenString {
  /** What is between the quotes. */
  readonly inner: Range;
  readonly typed: string;
}

function stringAround({ textDocument }: LangiumDocument, offset: number): WrittenString | undefined {
  const position = textDocument.positionAt(offset);
  const line = textDocument.getText({ start: { line: position.line, character: 0 }, end: { line: position.line + 1, character: 0 } }).replace(/[\r\n]+$/, '');
  for (const match of line.matchAll(/(["'])((?:\\.|(?!\1).)*)\1/g)) {
    const start = match.index + 1;
    const end = start + match[2]!.length;
    if (position.character < start || position.character > end) continue;
    return { inner: { start: { ...position, character: start }, end: { ...position, character: end } }, typed: line.slice(start, position.character) };
  }
  return undefined;
}

/** Replaces what is between the quotes; where there are none yet, they come with it. */
function item(string: WrittenString | undefined, path: string, kind: CompletionItemKind, more: Partial<CompletionValueItem> = {}): CompletionValueItem {
  const written = string === undefined ? { label: `"${path}"` } : { label: path, filterText: path, textEdit: { range: string.inner, newText: path } };
  return { ...written, kind, ...more } as CompletionValueItem;
}

/** Reopens the list after a folder or a colon, in editors that know this command; others ignore it. */
const again = { command: { command: 'editor.action.triggerSuggest', title: 'Complete further' } };

async function pathItems(document: LangiumDocument, typed: string, string: WrittenString | undefined, use: 'images' | 'labels', { shared }: XDesignServerServices): Promise<FileItems> {
  const folder = /^.*\//s.exec(typed)?.[0] ?? '';
  const path = pathOf(document.uri, folder === '' ? '.' : folder);
  if (path === undefined || !shared.xdesign.ImportPolicy.mayRead(`${folder}*`, document.uri)) return { items: [], hasMore: false };
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  const begin = typed.slice(folder.length).toLowerCase();
  const there = entries.filter(({ name }) => !name.startsWith('.') && !/["\\]/.test(name));
  // A link may be a folder or a file; one that leads out of the workspace is not offered.
  const allowed = (name: string): boolean => shared.xdesign.ImportPolicy.mayRead(folder + name, document.uri);
  const named = there.filter((entry) => !entry.isSymbolicLink() || allowed(entry.name)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const folders = named.filter((entry) => entry.isDirectory()).map(({ name }) => item(string, `${folder}${name}/`, CompletionItemKind.Folder, { sortText: `1${name}`, ...again }));
  const files = named.filter((entry) => !entry.isDirectory() && readable[use].test(entry.name)).map(({ name }) => name);
  const found = files.filter((name) => name.toLowerCase().startsWith(begin));
  const items = found.slice(0, mostItems).map((name) => item(string, folder + name, CompletionItemKind.File, { sortText: `2${name}` }));
  return { items: [...(use === 'images' ? patternItems(files, folder, string) : []), ...folders, ...items], hasMore: found.length > mostItems };
}

/** `scans/*.png` for each ending that several files of a folder have. */
function patternItems(files: readonly string[], folder: string, string: WrittenString | undefined): CompletionValueItem[] {
  const counts = new Map<string, number>();
  for (const name of files) if (single.test(name)) counts.set(extname(name), (counts.get(extname(name)) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > 1).map(([ending, count]) => item(string, `${folder}*${ending}`, CompletionItemKind.File, { sortText: `0${ending}`, detail: `${count} files` }));
}

async function datasetItems(document: LangiumDocument, file: string, string: WrittenString | undefined, services: XDesignServerServices): Promise<CompletionValueItem[]> {
  if (!withDatasets.test(file)) return [];
  const found = await datasetsIn(document, file, false, services);
  return found.filter(({ name }) => name !== '').map((dataset, i) => item(string, `${file}:${dataset.name}`, CompletionItemKind.Field, { sortText: String(i).padStart(5, '0'), detail: datasetDetail(dataset) }));
}

async function columnItems(document: LangiumDocument, offset: number, string: WrittenString | undefined, services: XDesignServerServices): Promise<CompletionValueItem[]> {
  const before = document.textDocument.getText().slice(0, offset);
  // The block of `labels` that is still open at the cursor.
  const table = /\blabels\s*(["'])((?:\\.|(?!\1).)*)\1\s*\{[^{}]*$/s.exec(before)?.[2];
  if (table === undefined) return [];
  const found = await datasetsIn(document, table, true, services);
  return found.map((dataset, i) => item(string, dataset.name, CompletionItemKind.Field, { sortText: String(i).padStart(5, '0'), detail: datasetDetail(dataset) }));
}

async function datasetsIn(document: LangiumDocument, file: string, isTable: boolean, { shared }: XDesignServerServices): Promise<readonly NamedDataset[]> {
  const path = pathOf(document.uri, file);
  if (path === undefined || !shared.xdesign.ImportPolicy.mayRead(file, document.uri)) return [];
  return shared.xdesign.DatabaseFiles.datasets(path, isTable);
}

function datasetDetail({ shape, type }: NamedDataset): string {
  return `${shape.length === 0 ? '' : `(${shape.join(', ')}) `}${type}`;
}

/** The path on this machine; undefined for a document that is not on disk. */
function pathOf(document: URI, path: string): string | undefined {
  return document.scheme === 'file' ? UriUtils.resolvePath(UriUtils.dirname(document), path).fsPath : undefined;
}
