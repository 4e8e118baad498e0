/* The settings of the client: from its initialization options, and from its configuration. */
import { DefaultConfigurationProvider, type ConfigurationInitializedParams } from 'langium';
import type { LanguageServer } from 'langium/lsp';
import type { ConfigurationItem, DidChangeConfigurationParams, InitializeParams } from 'vscode-languageserver';

const section = 'xdesign';

/** Settings of the client; docs/protocol.md describes `initializationOptions`. */
export interface ServerSettings {
  /** False in a workspace that the user does not trust: then nothing outside it is read. */
  readonly trusted: boolean;
  /** Whether a file may import files outside the workspace. */
  readonly importsOutsideWorkspace: boolean;
  /** URL of the page that explains the codes of findings; `#code` is appended. */
  readonly findingsPage: string;
}

/** The settings of a client that sends none. */
export const defaultSettings: ServerSettings = {
  trusted: true,
  importsOutsideWorkspace: false,
  findingsPage: new URL('../docs/findings.md', import.meta.url).href,
};

/** The current settings: those of `initializationOptions`, updated by the client's configuration. */
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

  /** Applies the values that are present and have the right type. */
  change(given: Given): void {
    const before = this.settings;
    const now = {
      trusted: sameType(given.trusted, before.trusted),
      importsOutsideWorkspace: sameType(given.importsOutsideWorkspace, before.importsOutsideWorkspace),
      findingsPage: sameType(given.findingsPage, before.findingsPage),
    };
    this.settings = now;
    if ((Object.keys(now) as (keyof ServerSettings)[]).some((key) => before[key] !== now[key])) this.listeners.forEach((listener) => listener());
  }

  /** Calls back when a setting has changed. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }
}

/** A given value if it has the type of the current one, which stays otherwise. */
function sameType<T extends boolean | string>(given: unknown, current: T): T {
  return typeof given === typeof current ? (given as T) : current;
}

type Given = Partial<Readonly<Record<keyof ServerSettings, unknown>>>;

/** The settings in a section `xdesign` of a client's configuration. Trust is not among them: the client reports it separately. */
function settingsOf(section: unknown): Given {
  const { imports } = (section ?? {}) as { readonly imports?: { readonly outsideWorkspace?: unknown } };
  return { importsOutsideWorkspace: imports?.outsideWorkspace };
}

/**
 * The section `xdesign` of the client's configuration. It is requested (`workspace/configuration`) from clients
 * that support this, at the start and after each `workspace/didChangeConfiguration` without the section; other
 * clients only send it.
 */
export class ClientConfiguration extends DefaultConfigurationProvider {
  private readonly listeners: ((section: unknown) => void)[] = [];
  private mayRegister = false;
  private request: (() => Promise<void>) | undefined;

  /** Calls back with the section when it is first known, and after every change. */
  onSection(listener: (section: unknown) => void): void {
    this.listeners.push(listener);
  }

  override initialize(params: InitializeParams): void {
    super.initialize(params);
    this.mayRegister = params.capabilities.workspace?.didChangeConfiguration?.dynamicRegistration ?? false;
  }

  override async initialized({ register, fetchConfiguration, ...params }: ConfigurationInitializedParams): Promise<void> {
    // If the request fails although the client announced support, the settings sent before stay.
    const fetch = fetchConfiguration && ((items: ConfigurationItem[]): Promise<unknown[]> => fetchConfiguration(items).catch(() => []));
    if (this.workspaceConfig && fetch) this.request = async () => this.updateSectionConfiguration(section, (await fetch([{ section }]))[0]);
    await super.initialized({ ...params, ...(fetch && { fetchConfiguration: fetch }), ...(register && this.mayRegister && { register }) });
  }

  override updateConfiguration(change: DidChangeConfigurationParams): void {
    const { settings } = change as { readonly settings: unknown };
    const isSent = typeof settings === 'object' && settings !== null && section in settings;
    if (this.request && !isSent) void this.request();
    else super.updateConfiguration(change);
  }

  protected override updateSectionConfiguration(name: string, configuration: unknown): void {
    super.updateSectionConfiguration(name, configuration);
    if (name === section) this.listeners.forEach((listener) => listener(configuration));
  }
}
