import type { WorkspaceFolder } from 'langium';
import type { LangiumServices, LangiumSharedServices } from 'langium/lsp';
import type { XDesignAddedServices } from '#language/imports/imported-documents';
import type { DatabaseFiles } from './database-files';
import type { LastResults } from './last-results';
import type { Machine } from './machine';
import type { SettingsService } from './workspace/settings';
import type { ClientConfiguration } from './workspace/settings';
import type { ImportPolicy } from './workspace/import-policy';

/** Our additions to the services that all languages of a server share. */
export interface XDesignSharedAddedServices {
  readonly workspace: { readonly ConfigurationProvider: ClientConfiguration; readonly WorkspaceManager: { setFolders(folders: WorkspaceFolder[]): void; readonly runFolders: ReadonlySet<string> } };
  readonly xdesign: {
    readonly Settings: SettingsService;
    readonly ImportPolicy: ImportPolicy;
    /** Results of runs; empty without runs. */
    readonly LastResults: LastResults;
    /** The files of databases; nothing is known of them without runs. */
    readonly DatabaseFiles: DatabaseFiles;
    readonly Machine: Machine;
  };
}

export type XDesignSharedServices = LangiumSharedServices & XDesignSharedAddedServices;

/** Langium's services with the language's and the editor's on top. */
export type XDesignServerServices = LangiumServices & XDesignAddedServices & { readonly shared: XDesignSharedServices };

export interface ServerServices {
  readonly shared: XDesignSharedServices;
  readonly xdesign: XDesignServerServices;
}
