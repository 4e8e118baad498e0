/*
 * The documents that the server knows: those of the workspace, those that the editor has open, the
 * library, and what any of them imports.
 */
import {
  Cancellation,
  DefaultDocumentBuilder,
  DefaultLangiumDocumentFactory,
  DefaultWorkspaceManager,
  DocumentState,
  URI,
  UriUtils,
  type AstNode,
  type BuildOptions,
  type FileSystemNode,
  type LangiumDocument,
  type Stream,
  type TextDocument,
  type WorkspaceFolder,
} from 'langium';
import { DefaultDocumentUpdateHandler, type LangiumSharedServices } from 'langium/lsp';
import type { InitializeParams, TextDocumentChangeEvent } from 'vscode-languageserver';
import { importedUri, importsOf, libraryUri, type ImportedDocuments, type SpecificationDocument } from '#language/imports/imported-documents';
import { library } from '#language/imports/library';
import { reparse } from '#language/syntax/reparse';
import type { XDesignSharedServices } from '../server-services';
import type { ImportPolicy } from './import-policy';

/** Imports among the documents that are loaded, as far as the policy follows them. */
export function importsOfWorkspace(shared: XDesignSharedServices): ImportedDocuments {
  const policy = shared.xdesign.ImportPolicy;
  return {
    of(node) {
      const uri = policy.refusal(node) === undefined ? importedUri(node) : undefined;
      return uri === undefined ? undefined : (shared.workspace.LangiumDocuments.getDocument(uri) as SpecificationDocument | undefined);
    },
    refusal: (node) => policy.refusal(node),
  };
}

/** Loads the library and the readable files of the workspace; an unreadable file is skipped. */
export class XDesignWorkspaceManager extends DefaultWorkspaceManager {
  private readonly documentFactory: XDesignSharedServices['workspace']['LangiumDocumentFactory'];

  /** Paths of the run folders that were found in the workspace; the specifications next to them may be gone. */
  readonly runFolders = new Set<string>();

  constructor(shared: XDesignSharedServices) {
    super(shared);
    this.documentFactory = shared.workspace.LangiumDocumentFactory;
  }

  /** A client that supports a single folder sends it as the root. */
  override initialize(params: InitializeParams): void {
    super.initialize(params);
    const { rootUri } = params;
    if (this.folders === undefined && rootUri) this.folders = [{ name: rootUri, uri: rootUri }];
  }

  setFolders(folders: WorkspaceFolder[]): void {
    this.folders = folders;
  }

  override shouldIncludeEntry(entry: FileSystemNode): boolean {
    if (entry.isDirectory && UriUtils.basename(entry.uri) === '.xdesign') this.runFolders.add(entry.uri.fsPath);
    return super.shouldIncludeEntry(entry);
  }

  protected override async loadAdditionalDocuments(_folders: WorkspaceFolder[], collect: (document: LangiumDocument) => void): Promise<void> {
    for (const [path, text] of Object.entries(library)) collect(this.documentFactory.fromString(text, libraryUri(path)));
  }

  protected override async loadWorkspaceDocuments(uris: Stream<URI>, collect: (document: LangiumDocument) => void): Promise<void> {
    for (const uri of uris) {
      const document = await readable(this.langiumDocuments.getOrCreateDocument(uri));
      if (document !== undefined) collect(document);
    }
  }
}

/**
 * Builds documents together with what they import, also when it lies outside the folders of the workspace. Any later
 * change may cancel a build at any point; the build after it continues, and no listener and no check is left out.
 */
export class XDesignDocumentBuilder extends DefaultDocumentBuilder {
  private readonly policy: ImportPolicy;

  constructor(shared: XDesignSharedServices) {
    super(shared);
    this.policy = shared.xdesign.ImportPolicy;
  }

  protected override async buildDocuments(documents: LangiumDocument[], options: BuildOptions, token: Cancellation.CancellationToken): Promise<void> {
    this.prepareBuild(documents, options);
    const all = [...documents];
    // Imported documents are appended to the list, so their own imports are loaded too.
    for (let index = 0; index < all.length; index++) {
      await this.runCancelable([all[index]!], DocumentState.Parsed, token, (document) => this.langiumDocumentFactory.update(document, token));
      all.push(...(await this.loadImports(all[index] as SpecificationDocument)));
    }
    await super.buildDocuments(all, options, token);
  }

  /** Langium continues a cancelled build with its own options; the first build of a workspace has no validation. */
  protected override prepareBuild(documents: LangiumDocument[], options: BuildOptions): void {
    for (const { uri } of documents) {
      const key = uri.toString();
      const before = this.buildState.get(key);
      if (before?.completed === false && !before.options.validation && options.validation) this.buildState.delete(key);
    }
    super.prepareBuild(documents, options);
  }

  /**
   * Langium leaves out the listeners of a document whose build is cancelled just after it has reached a state. As it has
   * reached the state, the next build does not notify them either: its diagnostics would never be published, and
   * requests that wait for it would never be answered.
   */
  protected override async notifyDocumentPhase(document: LangiumDocument, state: DocumentState): Promise<void> {
    await super.notifyDocumentPhase(document, state, Cancellation.CancellationToken.None);
  }

  /** Requests wait for a state of the whole workspace, also while a build reaches it in which no document enters it. */
  protected override async notifyBuildPhase(documents: LangiumDocument[], state: DocumentState, token: Cancellation.CancellationToken): Promise<void> {
    if (documents.length > 0) return super.notifyBuildPhase(documents, state, token);
    for (const listener of [...this.buildPhaseListeners.get(state)]) await listener(documents, token);
  }

  private async loadImports(document: SpecificationDocument): Promise<LangiumDocument[]> {
    const loaded: LangiumDocument[] = [];
    for (const node of importsOf(document)) {
      const uri = this.policy.refusal(node) === undefined ? importedUri(node) : undefined;
      if (uri === undefined || this.langiumDocuments.hasDocument(uri) || !this.serviceRegistry.hasServices(uri)) continue;
      const imported = await readable(this.langiumDocuments.getOrCreateDocument(uri));
      if (imported !== undefined) loaded.push(imported);
    }
    return loaded;
  }

  /** Findings depend on all imports, direct and indirect: duplicate names, circles, missing files. */
  protected override shouldRelink(document: LangiumDocument, changed: Set<string>): boolean {
    const seen = new Set<LangiumDocument>([document]);
    for (const each of seen) {
      for (const node of importsOf(each as SpecificationDocument)) {
        const uri = importedUri(node);
        if (uri === undefined) continue;
        if (changed.has(uri.toString())) return true;
        const next = this.langiumDocuments.getDocument(uri);
        if (next !== undefined) seen.add(next);
      }
    }
    return super.shouldRelink(document, changed);
  }
}

/** Undefined for a file that is missing or cannot be read: importing it is a finding. */
async function readable(document: Promise<LangiumDocument>): Promise<LangiumDocument | undefined> {
  try {
    return await document;
  } catch {
    return undefined;
  }
}

/** Parses only the declaration that was edited again, where it can be identified. */
export class XDesignDocumentFactory extends DefaultLangiumDocumentFactory {
  override async update<T extends AstNode>(document: LangiumDocument<T>, token: Cancellation.CancellationToken): Promise<LangiumDocument<T>> {
    const text = this.textDocuments?.get(document.uri)?.getText();
    if (text !== undefined && text !== document.parseResult.value.$cstNode?.root.fullText) {
      const parser = this.serviceRegistry.getServices(document.uri).parser.LangiumParser;
      const again = reparse((document as LangiumDocument as SpecificationDocument).parseResult, text, parser);
      if (again !== undefined) {
        Object.assign(again.value, { $document: document });
        (document as LangiumDocument as SpecificationDocument).parseResult = again;
      }
    }
    // Langium parses the whole document if its text still differs.
    return super.update(document, token);
  }
}

/** Unsaved changes are discarded when a document is closed: its text is that of the disk again. */
export class XDesignDocumentUpdates extends DefaultDocumentUpdateHandler {
  constructor(private readonly services: LangiumSharedServices) {
    super(services);
  }

  didCloseDocument({ document }: TextDocumentChangeEvent<TextDocument>): void {
    const uri = URI.parse(document.uri);
    // A document that was never saved has no file.
    const isFile = uri.scheme === 'file' && this.services.workspace.FileSystemProvider.existsSync(uri);
    this.fireDocumentUpdate(isFile ? [uri] : [], isFile ? [] : [uri]);
  }
}
