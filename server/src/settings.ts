import type { LanguageServer } from 'langium/lsp';
import type { InitializeParams } from 'vscode-languageserver';

/** What the client says about its user's wishes; docs/protocol.md describes `initializationOptions`. */
export interface ServerSettings {
  /** False in a workspace that its user does not trust: then nothing outside it is read. */
  readonly trusted: boolean;
  /** Whether a file may import files outside the workspace. */
  readonly importsOutsideWorkspace: boolean;
  /** Where a code of a finding is explained; `#code` follows. */
  readonly findingsPage: string;
}

/** The settings of a client that says nothing. */
export const defaultSettings: ServerSettings = {
  trusted: true,
  importsOutsideWorkspace: false,
  findingsPage: new URL('../docs/findings.md', import.meta.url).href,
};

/** The present settings. */
export class SettingsService {
  private settings = defaultSettings;

  constructor(server: LanguageServer) {
    server.onInitialize((params: InitializeParams) => this.change((params.initializationOptions ?? {}) as Partial<ServerSettings>));
  }

  get current(): ServerSettings {
    return this.settings;
  }

  /** Takes over what is there and has the right type. */
  change(said: Partial<Readonly<Record<keyof ServerSettings, unknown>>>): void {
    const known = Object.entries(defaultSettings).map(([key, value]) => {
      const wanted = said[key as keyof ServerSettings];
      return [key, typeof wanted === typeof value ? wanted : this.settings[key as keyof ServerSettings]] as const;
    });
    this.settings = Object.fromEntries(known) as unknown as ServerSettings;
  }
}
