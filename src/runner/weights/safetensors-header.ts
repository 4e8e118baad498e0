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

/** A name that one object of a JSON text has twice, of which `JSON.parse` keeps the last. */
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

/** Why the place of an array cannot hold its numbers. */
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
