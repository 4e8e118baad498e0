/*
 * What a job receives, reports and returns, as bytes for another process or another machine: a JSON value whose typed
 * arrays follow it, or are named by an artifact of the store that both sides read. In the JSON
 *
 *   { "$array": "3" }                          is the array of this name after the JSON
 *   { "$array": { "key": …, "name": … } }      is the array of this name in the artifact with this key
 *   { "$number": "NaN" }                       is a number that JSON lacks
 *
 * Members that are undefined are left out. Shared memory cannot be sent: an executor whose `sharesMemory` is false receives none.
 */
import { BugError, ensure, type Artifact, type ArtifactArray, type ArtifactKey, type Json } from '#engine/api';
import { decodeArtifact, encodeArtifact } from './artifact-codec';
import type { PortableError } from './portable-error';

/** One job, by the name of its function. */
export interface JobOrder {
  readonly name: string;
  readonly input: unknown;
}

/** What a job reports: any number of events, then its output or the error that ended it. */
export type JobReport =
  | { readonly kind: 'event'; readonly event: unknown }
  | { readonly kind: 'result'; readonly output: unknown }
  | { readonly kind: 'failure'; readonly error: PortableError };

/** An array of a stored artifact. */
export interface ArrayReference {
  readonly key: ArtifactKey;
  readonly name: string;
}

/** Which arrays belong to stored artifacts, by identity. */
export interface ArrayReferences {
  add(key: ArtifactKey, artifact: Artifact): void;
  of(array: ArtifactArray): ArrayReference | undefined;
}

export function createArrayReferences(): ArrayReferences {
  const known = new WeakMap<ArtifactArray, ArrayReference>();
  return {
    add(key, { arrays }) {
      for (const [name, array] of Object.entries(arrays)) known.set(array, { key, name });
    },
    of: (array) => known.get(array),
  };
}

const label = 'job';

/** The bytes of an order or a report; arrays that `referenceOf` knows are named, all others are copied. */
export function encodeMessage(message: JobOrder | JobReport, referenceOf: ArrayReferences['of'] = () => undefined): Uint8Array<ArrayBuffer> {
  const arrays: { [name: string]: ArtifactArray } = {};
  const names = new Map<ArtifactArray, string>();
  const inline = (array: ArtifactArray): string => {
    const name = names.get(array) ?? String(names.size);
    names.set(array, name);
    arrays[name] = array;
    return name;
  };
  const jsonOf = (value: unknown, path: string): Json => {
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (typeof value === 'number') return Number.isFinite(value) ? value : { $number: String(value) };
    if (isArtifactArray(value)) {
      if (value.buffer instanceof SharedArrayBuffer) throw new BugError(`${path} of a job is memory that threads share`);
      const reference = referenceOf(value);
      return { $array: reference ? { ...reference } : inline(value) };
    }
    if (Array.isArray(value)) return value.map((item: unknown, i) => jsonOf(item, `${path}[${i}]`));
    ensure(isPlainObject(value), `${path} of a job is not plain data`);
    ensure(!Object.hasOwn(value, '$array') && !Object.hasOwn(value, '$number'), `${path} of a job has a member $array or $number`);
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return Object.fromEntries(members.map(([name, member]) => [name, jsonOf(member, `${path}.${name}`)]));
  };
  const value = jsonOf(message, 'the message');
  return encodeArtifact(label, { header: { value }, arrays });
}

/** The order or report of the bytes; `read` gives the artifacts that it names. Throws `BugError` for other bytes, and when an artifact is missing. */
export function decodeMessage<Message extends JobOrder | JobReport>(bytes: Uint8Array, read: (key: ArtifactKey) => Artifact | undefined = () => undefined): Message {
  const decoded = decodeArtifact(label, bytes);
  if (!decoded.ok) throw new BugError(`a message of a job cannot be read: ${decoded.reason}`);
  const { header, arrays } = decoded.artifact;
  const valueOf = (json: Json): unknown => {
    if (typeof json !== 'object' || json === null) return json;
    if (Array.isArray(json)) return json.map((item: Json) => valueOf(item));
    const members = json as { readonly [name: string]: Json };
    if (Object.hasOwn(members, '$number')) return Number(members['$number']);
    if (Object.hasOwn(members, '$array')) return arrayOf(members['$array']!);
    return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, valueOf(member)]));
  };
  const arrayOf = (place: Json): ArtifactArray => {
    if (typeof place === 'string') return arrays[place]!;
    const { key, name } = place as { readonly key: ArtifactKey; readonly name: string };
    const array = read(key)?.arrays[name];
    if (!array) throw new BugError(`a job takes array "${name}" of artifact ${key}, which is not in the store`);
    return array;
  };
  return valueOf(header['value']!) as Message;
}

function isArtifactArray(value: unknown): value is ArtifactArray {
  return value instanceof Uint8Array || value instanceof Int32Array || value instanceof Float32Array || value instanceof Float64Array;
}

function isPlainObject(value: unknown): value is { readonly [name: string]: unknown } {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
