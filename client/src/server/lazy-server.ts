import { EventEmitter, type CancellationToken, type Disposable, type Event, type ExtensionContext, type LogOutputChannel } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { notifications, type NotificationMethod, type RequestMethod, type ServerAbilities } from '#protocol/methods';

/**
 * The server behind a client that is loaded when it is first needed: its code is as large as the rest of
 * the extension and would make activation wait.
 */
export class LazyServer implements Server, Disposable {
  private readonly ready = new EventEmitter<void>();
  private readonly listeners = new Map<string, Set<(params: unknown) => void>>();
  private starting: Promise<LanguageClient> | undefined;

  constructor(
    private readonly context: ExtensionContext,
    private readonly log: LogOutputChannel,
  ) {}

  readonly onReady = this.ready.event;

  async abilities(): Promise<ServerAbilities> {
    const { initializeResult } = await this.client();
    const experimental = initializeResult?.capabilities.experimental as { readonly xdesign?: ServerAbilities } | undefined;
    return experimental?.xdesign ?? {};
  }

  async request<Params, Response>({ method }: RequestMethod<Params, Response>, params: Params, token?: CancellationToken): Promise<Response> {
    const client = await this.client();
    return client.sendRequest<Response>(method, params, token);
  }

  notify<Params>({ method }: NotificationMethod<Params>, params: Params): void {
    this.starting?.then((client) => client.sendNotification(method, params)).catch((error: unknown) => this.log.warn(`${method} was not sent: ${String(error)}`));
  }

  onNotification<Params>({ method }: NotificationMethod<Params>, listener: (params: Params) => void): Disposable {
    const known = this.listeners.get(method) ?? new Set();
    this.listeners.set(method, known);
    known.add(listener as (params: unknown) => void);
    return { dispose: () => known.delete(listener as (params: unknown) => void) };
  }

  async start(): Promise<void> {
    await this.client();
  }

  async restart(): Promise<void> {
    const client = await this.client();
    await client.restart();
  }

  dispose(): void {
    this.ready.dispose();
    // A client that is still starting can only be stopped when it has started.
    this.starting?.then((client) => client.dispose()).catch((error: unknown) => this.log.warn(`The server did not stop: ${String(error)}`));
  }

  private client(): Promise<LanguageClient> {
    this.starting ??= this.startClient().catch((error: unknown) => {
      // The next request tries again.
      this.starting = undefined;
      throw error;
    });
    return this.starting;
  }

  private async startClient(): Promise<LanguageClient> {
    const { createLanguageClient, isRunning } = await import('./language-client');
    const client = createLanguageClient(this.context.extensionUri, this.log);
    for (const { method } of Object.values(notifications)) {
      client.onNotification(method, (params: unknown) => this.listeners.get(method)?.forEach((listener) => listener(params)));
    }
    client.onDidChangeState(({ newState }) => isRunning(newState) && this.ready.fire());
    await client.start();
    return client;
  }
}

/** The language server, as features see it: the messages of the protocol, typed by their methods. */
export interface Server {
  /** Waits for a start that is under way; rejects when there is no server, or the server fails. */
  request<Params, Response>(method: RequestMethod<Params, Response>, params: Params, token?: CancellationToken): Promise<Response>;
  /** Sends to the running server; a server that starts later receives the state in its initialization. */
  notify<Params>(method: NotificationMethod<Params>, params: Params): void;
  /** Also of servers that are started later. */
  onNotification<Params>(method: NotificationMethod<Params>, listener: (params: Params) => void): Disposable;
  /** Fires whenever a server is ready: after the first start and after each restart. */
  readonly onReady: Event<void>;
  /** What the running server, or the one that starts, can do. */
  abilities(): Promise<ServerAbilities>;
  start(): Promise<void>;
  restart(): Promise<void>;
}
