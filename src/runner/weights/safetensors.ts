/*
 * The safetensors format (huggingface.co/docs/safetensors): a little-endian uint64 with the length of a
 * JSON header, the header, and the numbers of all arrays end to end. The header names each array with
 * its type, shape and position; `__metadata__` holds strings. Nothing in such a file can be run.
 */
import { failure, type Result, success } from '#domain/finding';
import { ensure, type NamedTensor, type UnreadTensor } from '#engine/api';

/** Arrays of float32 in their order, and strings about them. */
export function encodeSafetensors(tensors: readonly NamedTensor[], metadata: Readonly<Record<string, string>>): Uint8Array {
  let offset = 0;
  const entries = tensors.map(({ name, shape, values }) => {
    ensure(values.length === sizeOf(shape), `${name} has as many numbers as its shape`);
    const begin = offset;
    offset += values.byteLength;
    return [name, { dtype: 'F32', shape, data_offsets: [begin, offset] }] as const;
  });
  const text = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) });
  const length = new TextEncoder().encode(text).length;
  // Blanks at the end of the header let the numbers begin at a multiple of 8.
  const header = new TextEncoder().encode(text + ' '.repeat((8 - (length % 8)) % 8));
  const bytes = new Uint8Array(8 + header.length + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  tensors.forEach(({ values }, i) => {
    const [begin] = entries[i]![1].data_offsets;
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), 8 + header.length + begin!);
  });
  return bytes;
}

/**
 * The arrays of a file; those of floating-point numbers have them as float32, the others only say their type.
 * `name` is how messages call the file. Finding: `weights-unreadable`.
 */
export function decodeSafetensors(bytes: Uint8Array, name: string): Result<readonly (NamedTensor | UnreadTensor)[]> {
  const header = readHeader(bytes);
  if (!header.ok) {
    return failure('weights-unreadable', `${name} cannot be read as weights: ${header.reason}.`, 'Name a safetensors file; files of torch.save are converted by save_file of the Python package safetensors.');
  }
  // Not a Buffer, whose slices are not copies.
  const data = new Uint8Array(bytes.buffer, bytes.byteOffset + header.begin, bytes.length - header.begin);
  return success(
    header.entries.map(({ name: array, dtype, shape, data_offsets: [begin, end] }) => {
      const read = floatTypes.get(dtype);
      return read === undefined ? { name: array, shape, type: dtype } : { name: array, shape, values: read(data.slice(begin, end)) };
    }),
  );
}

/** How each type of floating-point numbers becomes float32, from bytes that begin an array buffer. */
const floatTypes: ReadonlyMap<string, (bytes: Uint8Array) => Float32Array> = new Map([
  ['F64', ({ buffer }) => Float32Array.from(new Float64Array(buffer))],
  ['F32', ({ buffer }) => new Float32Array(buffer)],
  ['F16', ({ buffer }) => Float32Array.from(new Uint16Array(buffer), halfPrecision)],
  // The upper half of a float32.
  ['BF16', ({ buffer }) => new Float32Array(Uint32Array.from(new Uint16Array(buffer), (bits) => bits << 16).buffer)],
]);

/** IEEE 754 binary16: 1 bit sign, 5 bits exponent, 10 bits fraction. */
function halfPrecision(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/*
 * The header of a safetensors file, as strict as the format and its reference implementation
 * (huggingface.co/docs/safetensors, crate safetensors 0.8): every name once, and arrays that lie end to end from
 * the first byte of the numbers to the last, so that no byte belongs to two arrays or to none.
 */

/** Where an array lies, and how its numbers are stored. */
export interface ArrayEntry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Bytes of the file's numbers, from the first to before the second. */
  readonly data_offsets: readonly [number, number];
}

/** The arrays in the order of the header, or one clause that says why the file has none. */
export type Header = { readonly ok: true; readonly entries: readonly ArrayEntry[]; readonly begin: number } | { readonly ok: false; readonly reason: string };

/** The format's own limit, bytes. */
const longestHeader = 100_000_000;

/** Bits of one number of each type that the format has. */
const bitsOf: ReadonlyMap<string, number> = new Map([
  ['F4', 4], ['F6_E2M3', 6], ['F6_E3M2', 6],
  ['BOOL', 8], ['U8', 8], ['I8', 8], ['F8_E4M3', 8], ['F8_E5M2', 8], ['F8_E8M0', 8], ['F8_E4M3FNUZ', 8], ['F8_E5M2FNUZ', 8],
  ['U16', 16], ['I16', 16], ['F16', 16], ['BF16', 16],
  ['U32', 32], ['I32', 32], ['F32', 32],
  ['U64', 64], ['I64', 64], ['F64', 64], ['C64', 64],
]);

/** Reads and checks the header of a whole file; `begin` is where its numbers begin. */
export function readHeader(bytes: Uint8Array): Header {
  const refuse = (reason: string): Header => ({ ok: false, reason });
  if (bytes.length < 8) return refuse('it is not a safetensors file: it is shorter than the 8 bytes that give the length of the header');
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  if (length > longestHeader) return refuse('it is not a safetensors file: its first 8 bytes are not the length of a header');
  const begin = 8 + length;
  if (begin > bytes.length) return refuse(`its header is cut off: it has ${length} bytes, and the file ends after ${bytes.length - 8} of them`);
  if (bytes[8] !== '{'.charCodeAt(0) || length === 0) return refuse('it is not a safetensors file: its header does not begin with {');
  let text: string;
  let header: object;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(8, begin));
    header = JSON.parse(text, wholeNumbers) as object;
  } catch {
    return refuse('its header is damaged: it is not JSON in UTF-8');
  }
  const twice = nameTwice(text);
  if (twice !== undefined) return refuse(`its header names ${twice} twice`);

  const entries: ArrayEntry[] = [];
  for (const [name, entry] of Object.entries(header)) {
    if (!name.isWellFormed()) return refuse('its header is damaged: a name is not Unicode');
    if (name === '__metadata__') {
      if (!isMetadata(entry)) return refuse('its __metadata__ is not a list of texts');
    } else if (!isEntry(entry)) return refuse(`the entry of ${name} in its header is damaged`);
    else entries.push({ name, dtype: entry.dtype, shape: entry.shape, data_offsets: entry.data_offsets });
  }
  const reason = entries.map(misfit).find((each) => each !== undefined) ?? gapOrOverlap(entries, bytes.length - begin);
  return reason === undefined ? { ok: true, entries, begin } : refuse(reason);
}

/** Counts are written in digits alone; anything else, such as 4.0 or 1e2, becomes no number. */
function wholeNumbers(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' && !/^\d+$/.test(context?.source ?? '') ? NaN : value;
}

/** A name that one object of a JSON document has twice, of which `JSON.parse` keeps the last. */
function nameTwice(json: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  for (const { 0: token, index } of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else {
      if (!isName(json, index + token.length)) continue;
      const [names, name] = [open.at(-1)!, JSON.parse(token) as string];
      if (names.has(name)) return name;
      names.add(name);
    }
  }
  return undefined;
}

/** Whether a colon follows. */
function isName(json: string, end: number): boolean {
  let next = end;
  while (' \t\n\r'.includes(json.charAt(next)) && next < json.length) next++;
  return json[next] === ':';
}

function isMetadata(value: unknown): boolean {
  return value === null || (typeof value === 'object' && !Array.isArray(value) && Object.values(value).every((each) => typeof each === 'string'));
}

function isEntry(value: unknown): value is Omit<ArrayEntry, 'name'> {
  if (typeof value !== 'object' || value === null) return false;
  const { dtype, shape, data_offsets: offsets } = value as Partial<Record<keyof ArrayEntry, unknown>>;
  const counts = (list: unknown): list is readonly number[] => Array.isArray(list) && list.every((each) => Number.isSafeInteger(each) && each >= 0);
  return typeof dtype === 'string' && counts(shape) && counts(offsets) && offsets.length === 2;
}

/** Why the range of an array cannot hold its numbers. */
function misfit({ name, dtype, shape, data_offsets: [begin, end] }: ArrayEntry): string | undefined {
  const bits = bitsOf.get(dtype);
  if (bits === undefined) return `${name} is of the type ${JSON.stringify(dtype)}, which the format does not have`;
  let all = bits;
  for (const size of shape) {
    all *= size;
    if (!Number.isSafeInteger(all)) return `the shape of ${name} is larger than any file`;
  }
  if (end < begin) return `${name} ends before it begins`;
  return 8 * (end - begin) === all ? undefined : `${name} has ${end - begin} bytes, but its shape and its type ${dtype} need ${all / 8}`;
}

/** Why the arrays do not cover all of so many bytes once. */
function gapOrOverlap(entries: readonly ArrayEntry[], length: number): string | undefined {
  let covered = 0;
  let before = '';
  for (const { name, data_offsets: [begin, end] } of entries.toSorted((a, b) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1])) {
    if (begin < covered) return `${before} and ${name} share bytes`;
    if (begin > covered) return `bytes ${covered} to ${begin} of its numbers belong to no array`;
    covered = end;
    before = name;
  }
  if (covered > length) return `the numbers of ${before} are cut off`;
  return covered < length ? `after its last array it has ${length - covered} more bytes` : undefined;
}
