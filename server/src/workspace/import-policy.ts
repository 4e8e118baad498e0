/*
 * Which files a file may import: those of the workspace, in whichever of its folders. What is written (`..`, an absolute path, a URL)
 * and where links on the disk lead are both looked at, the former first, so that a file outside is not
 * even asked whether it exists.
 */
import { realpathSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { AstUtils, URI, UriUtils, type WorkspaceFolder, type WorkspaceManager } from 'langium';
import type { Import } from '#language/generated/ast';
import { importedUri } from '#language/imported-documents';
import { asksForLibrary } from '#language/library';
import type { SettingsService } from './settings';

export class ImportPolicy {
  /** A tree lives as long as its text: links are looked at again when the text changes. */
  private verdicts = new WeakMap<Import, { readonly refusal: string | undefined }>();
  private judgedFor: readonly unknown[] = [];

  constructor(
    private readonly settings: SettingsService,
    private readonly workspace: () => WorkspaceManager,
  ) {}

  /** Why an import is not followed; undefined when it is. */
  refusal(node: Import): string | undefined {
    const grounds = [this.settings.current, this.workspace().workspaceFolders];
    if (grounds.some((each, i) => each !== this.judgedFor[i])) {
      this.judgedFor = grounds;
      this.verdicts = new WeakMap();
    }
    const known = this.verdicts.get(node);
    if (known !== undefined) return known.refusal;
    const refusal = this.judge(node);
    this.verdicts.set(node, { refusal });
    return refusal;
  }

  private judge(node: Import): string | undefined {
    if (!node.path || asksForLibrary(node.path)) return undefined;
    // A single letter is a disk of Windows.
    if (/^[a-z][a-z0-9+.-]+:/i.test(node.path)) return `"${node.path}" is an address, and only files can be imported.`;
    const { trusted, importsOutsideWorkspace } = this.settings.current;
    if (trusted && importsOutsideWorkspace) return undefined;
    const importer = AstUtils.getDocument(node).uri;
    const roots = this.rootsFor(importer);
    const target = importedUri(node);
    if (target === undefined || !liesIn(roots, target)) return `"${node.path}" lies outside the workspace.`;
    const folders = roots.map(({ uri }) => URI.parse(uri)).filter(({ scheme }) => scheme === 'file');
    if (target.scheme === 'file' && !folders.some(({ fsPath }) => staysInside(fsPath, target.fsPath))) return `"${node.path}" is a link that leads out of the workspace.`;
    return undefined;
  }

  /** All folders of the workspace; for a file in none of them its own folder too. */
  private rootsFor(importer: URI): readonly WorkspaceFolder[] {
    const folders = this.workspace().workspaceFolders ?? [];
    const own = UriUtils.dirname(importer).toString();
    return liesIn(folders, importer) ? folders : [...folders, { name: own, uri: own }];
  }
}

/** Whether a file lies in one of the folders; addresses may be spelled in different ways. */
export function liesIn(folders: readonly WorkspaceFolder[], file: URI): boolean {
  const normal = URI.parse(file.toString());
  return folders.some(({ uri }) => UriUtils.contains(UriUtils.normalize(uri), normal));
}

/** Whether a file, all links followed, lies in a folder, all links followed; one that is not there does. */
function staysInside(root: string, file: string): boolean {
  const [realRoot, realFile] = [realPath(root), realPath(file)];
  if (realRoot === undefined || realFile === undefined) return true;
  return realFile.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep);
}

/** Of a file that is not there yet, the path that its nearest folder leads to. */
function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    const folder = dirname(path);
    const real = folder === path ? undefined : realPath(folder);
    return real === undefined ? undefined : `${real}${sep}${path.slice(folder.length).replace(/^[\\/]/, '')}`;
  }
}
