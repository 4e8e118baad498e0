/*
 * URIs as the client spells them. One document has several: `file:///D:/a%20b`, `file:///d%3A/a b`, `file:/d:/a b`.
 * Within the server each URI has its normal form, which is that of VS Code. A client may compare URIs byte for
 * byte, so URIs that it has sent are sent back with its own spelling, in every part of a message.
 */
import { UriUtils } from 'langium';
import type { Connection } from 'vscode-languageserver';

/** Properties of messages whose value is a URI. */
const addressKeys: ReadonlySet<string> = new Set(['uri', 'rootUri', 'oldUri', 'newUri']);

/** Wraps a connection so that the server sees normal forms in all requests, responses and notifications. */
export function withClientAddresses(connection: Connection): Connection {
  const spellings = createSpellings();
  return translate(connection, spellings);
}

interface Spellings {
  /** Converts a message to the server: URIs become normal forms, and their spelling is stored. */
  inwards<T>(message: T, isOpening: boolean): T;
  /** Converts a message to the client. */
  outwards<T>(message: T): T;
}

function createSpellings(): Spellings {
  /** The spelling by normal form, where the two differ. */
  const spelled = new Map<string, string>();
  /** Normal forms of documents that the client has opened. The spelling in that message has precedence over all others. */
  const opened = new Set<string>();

  const learn = (address: string, isOpening: boolean): string => {
    const normal = normalForm(address);
    if (isOpening) opened.add(normal);
    else if (opened.has(normal)) return normal;
    if (normal === address) spelled.delete(normal);
    else spelled.set(normal, address);
    return normal;
  };
  return {
    inwards: (message, isOpening) => mapTexts(message, (text, key) => (addressKeys.has(key) ? learn(text, isOpening) : text)),
    // A client with the spelling of VS Code costs nothing.
    outwards: (message) => (spelled.size === 0 ? message : mapTexts(message, (text) => spelled.get(text) ?? text)),
  };
}

/** The form for all comparisons within the server; a string that is not a URI stays as it is. */
function normalForm(address: string): string {
  try {
    return UriUtils.normalize(address);
  } catch {
    return address;
  }
}

/** The same JSON with its strings mapped, names of properties included; unchanged parts are not copied. */
function mapTexts<T>(value: T, map: (text: string, key: string) => string, key = ''): T {
  if (typeof value === 'string') return map(value, key) as T;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => mapTexts(item, map, key));
    return (items.some((item, i) => item !== value[i]) ? items : value) as T;
  }
  if (!isPlainObject(value)) return value;
  const before = Object.entries(value);
  const after = before.map(([name, item]) => [map(name, ''), mapTexts(item, map, name)] as const);
  return after.some(([name, item], i) => name !== before[i]![0] || item !== before[i]![1]) ? (Object.fromEntries(after) as T) : value;
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
}

/** Wraps a part of the connection: arguments of its functions are outgoing, their results and the arguments of listeners are incoming. */
function translate<T extends object>(part: T, spellings: Spellings): T {
  const translated = new Map<PropertyKey, unknown>();
  return new Proxy(part, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if ((typeof value !== 'function' && typeof value !== 'object') || value === null) return value;
      if (!translated.has(name)) translated.set(name, typeof value === 'function' ? sender(value.bind(target) as Call, spellings, name) : translate(value, spellings));
      return translated.get(name);
    },
  });
}

type Call = (...values: unknown[]) => unknown;

function sender(send: Call, spellings: Spellings, name: PropertyKey): Call {
  const listener = (receive: Call): Call => (...received) => later(receive(...received.map((each) => spellings.inwards(each, name === 'onDidOpenTextDocument'))), (response) => spellings.outwards(response));
  return (...given) => later(send(...given.map((each) => (typeof each === 'function' ? listener(each as Call) : spellings.outwards(each)))), (response) => spellings.inwards(response, false));
}

/** Applies `then` to a value, or to what a promise resolves with. */
function later(value: unknown, then: (value: unknown) => unknown): unknown {
  return value instanceof Promise ? value.then(then) : then(value);
}
