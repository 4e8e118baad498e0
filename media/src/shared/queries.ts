/*
 * What a panel has requested and received. Each rendering reads the views that it needs; unknown ones are requested once,
 * and the rendering is repeated when the response arrives. The preview of the document has one query of its own.
 */
import type { StagePlace } from '#domain/stages';
import type { PreviewResponse } from '#protocol/preview';
import type { ViewContent, ViewName, ViewQuery, ViewResponse, ViewTable } from '#protocol/views';

/** What became of a query. */
export type Reply =
  | { readonly kind: 'requested' }
  | { readonly kind: 'failed'; readonly message: string }
  | ViewResponse;

/** The earliest stage whose value would change if the file were run as it is now. */
export function staleFromOf(replies: readonly Reply[]): StagePlace | undefined {
  return replies.flatMap((reply) => (reply.kind === 'view' ? (reply.staleFrom ?? []) : []))[0];
}

interface Entry {
  readonly query: ViewQuery;
  reply: Reply;
  /** The last content, kept while the query is sent again. */
  content?: ViewContent<ViewName>;
  /** Of the query under way. */
  id?: number;
  /** Something changed while it was under way. */
  stale?: true;
}

export interface QueryCache {
  /** One rendering takes place between `begin` and `end`. */
  begin(): void;
  end(): void;
  /** The content, when it is known. */
  content<N extends ViewName>(view: N, query: ViewTable[N]['query']): ViewContent<N> | undefined;
  /** The content, or until it is known the last one of the same view. */
  latest<N extends ViewName>(view: N, query: ViewTable[N]['query']): ViewContent<N> | undefined;
  /** Sends something else whose response is this view: it takes the place of the query, and has this id. */
  send<N extends ViewName>(view: N, query: ViewTable[N]['query'], post: (id: number) => void): number;
  /** Whether the response to an id is still to come. */
  awaits(id: number): boolean;
  /** What the last drawing's queries came to. */
  replies(): readonly Reply[];
  onReply(id: number, reply: Reply): void;
  /** Requests all queries of the last rendering again and deletes the others. */
  requestAgain(): void;
  /** Deletes everything: another run is shown. */
  clear(): void;
}

export function createQueryCache(request: (id: number, query: ViewQuery) => void): QueryCache {
  const entries = new Map<string, Entry>();
  const latest = new Map<ViewName, ViewContent<ViewName>>();
  let used = new Set<string>();
  let drawn = new Set<string>();
  let count = 0;

  const send = (entry: Entry): void => {
    entry.id = ++count;
    request(entry.id, entry.query);
  };

  const entryOf = (query: ViewQuery): Entry => {
    const name = JSON.stringify(query);
    used.add(name);
    let entry = entries.get(name);
    if (entry === undefined) {
      entry = { query, reply: { kind: 'requested' } };
      entries.set(name, entry);
      send(entry);
    }
    return entry;
  };

  const content = <N extends ViewName>(view: N, query: ViewTable[N]['query']): ViewContent<N> | undefined =>
    entryOf({ view, query } as ViewQuery).content as ViewContent<N> | undefined;

  return {
    content,
    latest: <N extends ViewName>(view: N, query: ViewTable[N]['query']) => content(view, query) ?? (latest.get(view) as ViewContent<N> | undefined),
    send(view, query, post) {
      const entry = entryOf({ view, query } as ViewQuery);
      entry.id = ++count;
      delete entry.stale;
      post(entry.id);
      return entry.id;
    },
    awaits: (id) => [...entries.values()].some((each) => each.id === id),
    begin: () => (used = new Set()),
    end: () => (drawn = used),
    replies: () => [...drawn].flatMap((name) => entries.get(name)?.reply ?? []),
    onReply(id, reply) {
      const entry = [...entries.values()].find((each) => each.id === id);
      if (entry === undefined) return;
      delete entry.id;
      if (entry.stale) {
        delete entry.stale;
        send(entry);
      }
      entry.reply = reply;
      if (reply.kind === 'view') {
        entry.content = reply.content;
        latest.set(entry.query.view, reply.content);
      } else if (reply.kind !== 'failed') {
        delete entry.content;
      }
    },
    requestAgain() {
      for (const [name, entry] of entries) {
        if (!drawn.has(name)) entries.delete(name);
        else if (entry.id === undefined) send(entry);
        else entry.stale = true;
      }
    },
    clear() {
      entries.clear();
      latest.clear();
    },
  };
}

export interface PreviewQuery {
  /** The document was edited; without a version it was closed, and nothing is previewed. */
  typed(version: number | undefined): void;
  /** For an image, or for the best design's; the last response for the same image until the newest is there. */
  of(image: number | undefined): PreviewResponse | undefined;
  /** Whether the response was waited for. */
  receive(id: number, response: PreviewResponse): boolean;
  /** A run has got further: what could not be previewed may be now. */
  requestAgain(): void;
}

type RequestPreview = (query: { readonly id: number; readonly version: number; readonly image?: number }) => void;

export function createPreviewQuery(send: RequestPreview): PreviewQuery {
  let version: number | undefined;
  let count = 0;
  let requested: { readonly id: number; readonly version: number; readonly image: number | undefined } | undefined;
  let known: { readonly image: number | undefined; readonly response: PreviewResponse } | undefined;
  return {
    typed(next) {
      version = next;
      if (next === undefined) requested = known = undefined;
    },
    of(image) {
      if (version === undefined) return undefined;
      if (requested?.version !== version || requested.image !== image) {
        requested = { id: ++count, version, image };
        send({ id: count, version, ...(image !== undefined && { image }) });
      }
      return known?.image === image ? known?.response : undefined;
    },
    receive(id, response) {
      // A newer query follows what is superseded.
      if (requested?.id !== id || response.kind === 'superseded') return false;
      known = { image: requested.image, response };
      return true;
    },
    requestAgain() {
      if (known?.response.kind !== 'designs') requested = undefined;
    },
  };
}
