/*
 * Which files a file may import, and which other files the editor reads for it: those in any folder of the workspace. Both the written path (`..`, an absolute
 * path, a URL) and the target of links on the disk are checked, the path first, so that the existence of a file
 * outside is not even tested.
 */
import { realpathSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { AstUtils, URI, UriUtils, type WorkspaceFolder, type WorkspaceManager } from 'langium';
import type { Import } from '#language/generated/ast';
import { importedUri } from '#language/imports/imported-documents';
import { asksForLibrary } from '#language/imports/library';
import type { SettingsService } from './settings';

export class ImportPolicy {
  /** Keyed by nodes of the syntax tree, so links are checked again when the text changes. */
  private refusals = new WeakMap<Import, { readonly refusal: string | undefined }>();
  private checkedWith: readonly unknown[] = [];

  constructor(
    private readonly settings: SettingsService,
    private readonly workspace: () => WorkspaceManager,
  ) {}

  /** Why an import is refused; undefined when it is allowed. */
  refusal(node: Import): string | undefined {
    const inputs = [this.settings.current, this.workspace().workspaceFolders];
    if (inputs.some((each, i) => each !== this.checkedWith[i])) {
      this.checkedWith = inputs;
      this.refusals = new WeakMap();
    }
    const known = this.refusals.get(node);
    if (known !== undefined) return known.refusal;
    const refusal = this.check(node);
    this.refusals.set(node, { refusal });
    return refusal;
  }

  /** Whether the editor reads a file or a folder that a document names, with the rule of imports. */
  mayRead(path: string, document: URI): boolean {
    if (/^[a-z][a-z0-9+.-]+:/i.test(path) || /\p{Surrogate}/u.test(path)) return false;
    return this.checkTarget(path, document, UriUtils.resolvePath(UriUtils.dirname(document), path)) === undefined;
  }

  private check(node: Import): string | undefined {
    if (!node.path || asksForLibrary(node.path)) return undefined;
    // A single letter is a drive of Windows.
    if (/^[a-z][a-z0-9+.-]+:/i.test(node.path)) return `"${node.path}" is an address, and only files can be imported.`;
    const target = importedUri(node);
    return target && this.checkTarget(node.path, AstUtils.getDocument(node).uri, target);
  }

  private checkTarget(path: string, importer: URI, target: URI): string | undefined {
    const { trusted, importsOutsideWorkspace } = this.settings.current;
    if (trusted && importsOutsideWorkspace) return undefined;
    const roots = this.rootsFor(importer);
    if (!liesIn(roots, target)) return `"${path}" lies outside the workspace.`;
    const folders = roots.map(({ uri }) => URI.parse(uri)).filter(({ scheme }) => scheme === 'file');
    if (target.scheme === 'file' && !folders.some(({ fsPath }) => staysInside(fsPath, target.fsPath))) return `"${path}" is a link that leads out of the workspace.`;
    return undefined;
  }

  /** All folders of the workspace; for a file outside them its own folder too. */
  private rootsFor(importer: URI): readonly WorkspaceFolder[] {
    const folders = this.workspace().workspaceFolders ?? [];
    const own = UriUtils.dirname(importer).toString();
    return liesIn(folders, importer) ? folders : [...folders, { name: own, uri: own }];
  }
}

/** Whether a file lies in one of the folders, however the URIs are spelled. */
export function liesIn(folders: readonly WorkspaceFolder[], file: URI): boolean {
  const normal = URI.parse(file.toString());
  return folders.some(({ uri }) => UriUtils.contains(UriUtils.normalize(uri), normal));
}

/** Whether a file lies in a folder after all links are resolved; true for a file that does not exist. */
function staysInside(root: string, file: string): boolean {
  const [realRoot, realFile] = [realPath(root), realPath(file)];
  if (realRoot === undefined || realFile === undefined) return true;
  return realFile.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep);
}

/** The path with all links resolved; of a file that does not exist, with the links of its nearest existing folder resolved. */
function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    const folder = dirname(path);
    const real = folder === path ? undefined : realPath(folder);
    return real === undefined ? undefined : `${real}${sep}${path.slice(folder.length).replace(/^[\\/]/, '')}`;
  }
}
