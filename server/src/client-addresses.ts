/*
 * Addresses as the client spells them. One document has many: `file:///D:/a%20b`, `file:///d%3A/a b`, `file:/d:/a b`.
 * Within the server each has its normal form, which is that of VS Code; a client may compare addresses byte for
 * byte, so those that it has named go out as it has spelled them, wherever they stand in a message.
 */
import { UriUtils } from 'langium';
import type { Connection } from 'vscode-languageserver';

/** Properties of messages that hold an address. */
const addressKeys: ReadonlySet<string> = new Set(['uri', 'rootUri', 'oldUri', 'newUri']);

/** The connection with normal forms on the server's side, in all that is sent, received and answered. */
export function withClientAddresses(connection: Connection): Connection {
  const spellings = createSpellings();
  return translate(connection, spellings);
}

interface Spellings {
  /** What the server takes in: addresses become normal, and how they were spelled is kept. */
  inwards<T>(message: T, isOpening: boolean): T;
  /** What goes out to the client. */
  outwards<T>(message: T): T;
}

function createSpellings(): Spellings {
  /** By the normal form, where the two differ. */
  const spelled = new Map<string, string>();
  /** Normal forms of documents that the client has opened: no other message says better how they are spelled. */
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
    // A client that spells as VS Code does costs nothing.
    outwards: (message) => (spelled.size === 0 ? message : mapTexts(message, (text) => spelled.get(text) ?? text)),
  };
}

/** As all comparisons within the server have it; what is no address stays as it is. */
function normalForm(address: string): string {
  try {
    return UriUtils.normalize(address);
  } catch {
    return address;
  }
}

/** The same JSON with other texts, names of properties included; what has none of them is not copied. */
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

/** A part of the connection: what its functions are given goes out, what they return and what listeners receive comes in. */
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
  const listener = (receive: Call): Call => (...received) => later(receive(...received.map((each) => spellings.inwards(each, name === 'onDidOpenTextDocument'))), (answer) => spellings.outwards(answer));
  return (...given) => later(send(...given.map((each) => (typeof each === 'function' ? listener(each as Call) : spellings.outwards(each)))), (answer) => spellings.inwards(answer, false));
}

/** Of a promise what it will be. */
function later(value: unknown, then: (value: unknown) => unknown): unknown {
  return value instanceof Promise ? value.then(then) : then(value);
}
