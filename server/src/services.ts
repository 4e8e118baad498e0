import { inject, type DeepPartial, type Module } from 'langium';
import { createDefaultModule, createDefaultSharedModule, DefaultLanguageServer, DefaultTextDocumentContentProvider, type DefaultSharedModuleContext, type LangiumSharedServices } from 'langium/lsp';
import type { InitializeParams, InitializeResult, TextDocumentSyncOptions } from 'vscode-languageserver';
import { XDesignGeneratedModule, XDesignGeneratedSharedModule } from '#language/generated/module';
import type { ServerAbilities } from '#protocol/methods';
import { libraryScheme } from '#language/imports/library';
import { XDesignModule } from '#language/xdesign-module';
import { noFiles, type DatabaseFiles } from './database-files';
import { noResults, type LastResults } from './last-results';
import { editorModule } from './lsp/editor-module';
import { XDesignDiagnostics } from './lsp/diagnostics';
import { XDesignNodeKinds, XDesignWorkspaceSymbols } from './lsp/symbols';
import type { ServerServices, XDesignServerServices, XDesignSharedAddedServices, XDesignSharedServices } from './server-services';
import { thisMachine, type Machine } from './machine';
import { followedFiles } from './workspace/changes';
import { importsOfWorkspace, XDesignDocumentBuilder, XDesignDocumentFactory, XDesignDocumentUpdates, XDesignWorkspaceManager } from './workspace/documents';
import { ImportPolicy } from './workspace/import-policy';
import { ClientConfiguration, SettingsService } from './workspace/settings';

/** Replaceable parts of a server, for tests. */
export interface Provided {
  readonly results?: LastResults;
  readonly files?: DatabaseFiles;
  readonly machine?: Machine;
}

/** Announces the features that Langium does not know. */
export class XDesignLanguageServer extends DefaultLanguageServer {
  constructor(private readonly shared: XDesignSharedServices) {
    super(shared);
  }

  protected override buildInitializeResult(params: InitializeParams): InitializeResult {
    const { capabilities } = super.buildInitializeResult(params);
    const workspace = { ...capabilities.workspace, workspaceFolders: { supported: true, changeNotifications: true }, fileOperations: { didRename: followedFiles, didDelete: followedFiles } };
    // Langium knows only whether its own handler of updates takes notice of saving.
    const textDocumentSync = { ...(capabilities.textDocumentSync as TextDocumentSyncOptions), save: true };
    const { batchSystem } = this.shared.xdesign.Machine;
    const abilities: ServerAbilities = { ...(batchSystem && { executor: batchSystem }) };
    return { capabilities: { ...capabilities, workspace, textDocumentSync, selectionRangeProvider: true, experimental: { xdesign: abilities } }, serverInfo: { name: 'xdesign' } };
  }
}

const sharedModule = ({ results = noResults, files = noFiles, machine = thisMachine() }: Provided): Module<XDesignSharedServices, DeepPartial<LangiumSharedServices> & XDesignSharedAddedServices> => ({
  workspace: {
    ConfigurationProvider: (services) => new ClientConfiguration(services),
    LangiumDocumentFactory: (services) => new XDesignDocumentFactory(services),
    DocumentBuilder: (services) => new XDesignDocumentBuilder(services),
    WorkspaceManager: (services) => new XDesignWorkspaceManager(services),
  },
  lsp: {
    LanguageServer: (services) => new XDesignLanguageServer(services),
    DocumentUpdateHandler: (services) => new XDesignDocumentUpdates(services),
    NodeKindProvider: () => new XDesignNodeKinds(),
    WorkspaceSymbolProvider: (services) => new XDesignWorkspaceSymbols(services),
    TextDocumentContentProvider: (services) => new DefaultTextDocumentContentProvider(services, libraryScheme.slice(0, -1)),
  },
  xdesign: {
    Settings: (services) => new SettingsService(services.lsp.LanguageServer, services.workspace.ConfigurationProvider),
    ImportPolicy: (services) => new ImportPolicy(services.xdesign.Settings, () => services.workspace.WorkspaceManager),
    LastResults: () => results,
    DatabaseFiles: () => files,
    Machine: () => machine,
  },
});

const workspaceModule: Module<XDesignServerServices, DeepPartial<XDesignServerServices>> = {
  references: { ImportedDocuments: (services) => importsOfWorkspace(services.shared) },
  validation: { DocumentValidator: (services) => new XDesignDiagnostics(services) },
};

/** All services of a server; without a connection they can be called directly, as tests do. */
export function createServerServices(context: DefaultSharedModuleContext, provided: Provided = {}): ServerServices {
  const shared: XDesignSharedServices = inject(createDefaultSharedModule(context), XDesignGeneratedSharedModule, sharedModule(provided));
  const language = XDesignModule as Module<XDesignServerServices, object>;
  const langium = createDefaultModule({ shared }) as Module<XDesignServerServices, object>;
  const xdesign = inject(langium, XDesignGeneratedModule, language, workspaceModule, editorModule) as XDesignServerServices;
  shared.ServiceRegistry.register(xdesign);
  return { shared, xdesign };
}
