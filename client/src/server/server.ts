import type { CancellationToken, Disposable, Event } from 'vscode';
import type { NotificationMethod, RequestMethod } from '#protocol/methods';

/** The language server, as features see it: the messages of the protocol, typed by their methods. */
export interface Server {
  /** Waits for a start that is under way; rejects when there is no server, or the server fails. */
  request<Params, Response>(method: RequestMethod<Params, Response>, params: Params, token?: CancellationToken): Promise<Response>;
  /** Goes to the server that is there; one that starts later is told by its start. */
  notify<Params>(method: NotificationMethod<Params>, params: Params): void;
  /** Also of servers that are started later. */
  onNotification<Params>(method: NotificationMethod<Params>, listener: (params: Params) => void): Disposable;
  /** Fires whenever a server is ready: after the first start and after each restart. */
  readonly onReady: Event<void>;
  start(): Promise<void>;
  restart(): Promise<void>;
}
