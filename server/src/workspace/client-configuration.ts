import { DefaultConfigurationProvider, type ConfigurationInitializedParams } from 'langium';
import type { ConfigurationItem, DidChangeConfigurationParams, InitializeParams } from 'vscode-languageserver';

/**
 * The section `xdesign` of the client's configuration. Clients that can be asked (`workspace/configuration`)
 * are asked at the start and after each `workspace/didChangeConfiguration` that does not bring the section
 * along; others only tell it.
 */
export class ClientConfiguration extends DefaultConfigurationProvider {
  private readonly listeners: ((section: unknown) => void)[] = [];
  private mayRegister = false;
  private ask: (() => Promise<void>) | undefined;

  /** Hears the section when it is first known, and after every change. */
  onSection(listener: (section: unknown) => void): void {
    this.listeners.push(listener);
  }

  override initialize(params: InitializeParams): void {
    super.initialize(params);
    this.mayRegister = params.capabilities.workspace?.didChangeConfiguration?.dynamicRegistration ?? false;
  }

  override async initialized({ register, fetchConfiguration, ...params }: ConfigurationInitializedParams): Promise<void> {
    // A client that says it can be asked and cannot keeps the settings that it has told.
    const fetch = fetchConfiguration && ((items: ConfigurationItem[]): Promise<unknown[]> => fetchConfiguration(items).catch(() => []));
    if (this.workspaceConfig && fetch) this.ask = async () => this.updateSectionConfiguration(section, (await fetch([{ section }]))[0]);
    await super.initialized({ ...params, ...(fetch && { fetchConfiguration: fetch }), ...(register && this.mayRegister && { register }) });
  }

  override updateConfiguration(change: DidChangeConfigurationParams): void {
    const { settings } = change as { readonly settings: unknown };
    const isTold = typeof settings === 'object' && settings !== null && section in settings;
    if (this.ask && !isTold) void this.ask();
    else super.updateConfiguration(change);
  }

  protected override updateSectionConfiguration(name: string, configuration: unknown): void {
    super.updateSectionConfiguration(name, configuration);
    if (name === section) this.listeners.forEach((listener) => listener(configuration));
  }
}

const section = 'xdesign';
