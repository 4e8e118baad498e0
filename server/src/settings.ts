import type { LanguageServer } from 'langium/lsp';
import type { InitializeParams } from 'vscode-languageserver';
import type { ClientConfiguration } from './workspace/client-configuration';

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

/** The present settings: those of `initializationOptions`, and what the client's configuration says since. */
export class SettingsService {
  private settings = defaultSettings;
  private readonly listeners: (() => void)[] = [];

  constructor(server: LanguageServer, configuration: ClientConfiguration) {
    server.onInitialize((params: InitializeParams) => this.change((params.initializationOptions ?? {}) as Partial<ServerSettings>));
    configuration.onSection((section) => this.change(settingsOf(section)));
  }

  get current(): ServerSettings {
    return this.settings;
  }

  /** Takes over what is there and has the right type. */
  change(said: Said): void {
    const known = Object.entries(defaultSettings).map(([key, value]) => {
      const wanted = said[key as keyof ServerSettings];
      return [key, typeof wanted === typeof value ? wanted : this.settings[key as keyof ServerSettings]] as const;
    });
    const before = this.settings;
    this.settings = Object.fromEntries(known) as unknown as ServerSettings;
    if (known.some(([key, value]) => before[key as keyof ServerSettings] !== value)) this.listeners.forEach((listener) => listener());
  }

  /** Calls back when a setting is another. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }
}

type Said = Partial<Readonly<Record<keyof ServerSettings, unknown>>>;

/** What a section `xdesign` of a client's configuration says. Trust is the client's to tell, and never a setting. */
function settingsOf(section: unknown): Said {
  const { imports } = (section ?? {}) as { readonly imports?: { readonly outsideWorkspace?: unknown } };
  return { importsOutsideWorkspace: imports?.outsideWorkspace };
}
