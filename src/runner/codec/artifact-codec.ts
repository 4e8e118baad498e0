/*
 * An artifact as bytes, the same on every machine:
 *
 *   0   8 bytes   magic "XDARTFCT"
 *   8   uint32    version of this layout
 *  12   uint32    length of the JSON head in bytes
 *  16   uint64    length of the whole in bytes
 *  24  32 bytes   SHA-256 of bytes 0 … 23 and 56 … end
 *  56   …         JSON head { arrays: [[name, type, length], …], header, label }, UTF-8, canonical
 *   …   …         the arrays in the order of the head, each padded with zeros to a multiple of 8
 *
 * All numbers are little-endian, and so are the machines that Node 24 supports with WebAssembly
 * kernels of ours; elsewhere encoding and decoding refuse to work. The label names what the bytes
 * belong to, so a whole value under a wrong name is detected too.
 */
import { createHash } from 'node:crypto';
import { BugError, ensure, type Artifact, type ArtifactArray, type Json } from '#engine/api';
import { canonicalJson } from './canonical-json';

/** The artifact, or one clause that says why the bytes are not it. */
export type DecodedArtifact =
  | { readonly ok: true; readonly artifact: Artifact }
  | { readonly ok: false; readonly reason: string };

const magic = new TextEncoder().encode('XDARTFCT');
const version = 1;
const checksumOffset = 24;
const headOffset = 56;

const arrayTypes = { u8: Uint8Array, i32: Int32Array, f32: Float32Array, f64: Float64Array } as const;
type ArrayType = keyof typeof arrayTypes;

/** The bytes of an artifact, fixed by label, header and arrays alone (the order of names does not count). */
export function encodeArtifact(label: string, artifact: Artifact): Uint8Array<ArrayBuffer> {
  return joined(encodeInParts(label, artifact));
}

/** The same bytes in parts, one after the other: the arrays, which may be large, are not copied. */
export function encodeInParts(label: string, artifact: Artifact): readonly Uint8Array[] {
  ensureLittleEndian();
  const arrays = Object.keys(artifact.arrays).sort().map((name) => [name, artifact.arrays[name]!] as const);
  const entries = arrays.map(([name, array]): [string, ArrayType, number] => [name, typeOf(name, array), array.length]);
  const head = new TextEncoder().encode(canonicalJson({ label, header: artifact.header, arrays: entries }, 'kept'));
  const body = [head, ...arrays.map(([, array]) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength))].flatMap((part) => [
    part,
    new Uint8Array(padded(part.length) - part.length),
  ]);

  const front = new Uint8Array(headOffset);
  const view = new DataView(front.buffer);
  front.set(magic, 0);
  view.setUint32(8, version, true);
  view.setUint32(12, head.length, true);
  view.setBigUint64(16, BigInt(headOffset + lengthOf(body)), true);
  front.set(checksumOf([front.subarray(0, checksumOffset), ...body]), checksumOffset);
  return [front, ...body];
}

/** Bytes that parts have together. */
export function lengthOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

/** Parts as one. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(lengthOf(parts));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/** The artifact of the bytes, its arrays copied out; or why they are not a whole artifact of this label. */
export function decodeArtifact(label: string, bytes: Uint8Array): DecodedArtifact {
  ensureLittleEndian();
  const defect = defectOf(bytes);
  if (defect !== undefined) return { ok: false, reason: defect };

  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headLength = view.getUint32(12, true);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(headOffset, headOffset + headLength))) as {
    readonly label: string;
    readonly header: { readonly [name: string]: Json };
    readonly arrays: readonly [string, ArrayType, number][];
  };
  if (head.label !== label) return { ok: false, reason: `it belongs to ${head.label}` };

  let offset = headOffset + padded(headLength);
  const arrays = head.arrays.map(([name, type, length]): [string, ArtifactArray] => {
    const array = new arrayTypes[type](length);
    new Uint8Array(array.buffer).set(bytes.subarray(offset, offset + array.byteLength));
    offset += padded(array.byteLength);
    return [name, array];
  });
  // `fromEntries` defines own members, so that a name such as "__proto__" is a name like any other.
  return { ok: true, artifact: { header: head.header, arrays: Object.fromEntries(arrays) } };
}

/** Why these are not the whole bytes of any artifact. */
function defectOf(bytes: Uint8Array): string | undefined {
  const start = bytes.subarray(0, magic.length);
  if (start.some((byte, i) => byte !== magic[i])) return 'it is not an artifact of XDesign (foreign bytes)';
  if (bytes.length < headOffset) return `it is truncated: ${bytes.length} bytes`;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = view.getUint32(8, true);
  const total = view.getBigUint64(16, true);
  if (BigInt(bytes.length) < total) return `it is truncated: ${bytes.length} of ${total} bytes`;
  const checksum = checksumOf([bytes.subarray(0, checksumOffset), bytes.subarray(headOffset)]);
  if (checksum.some((byte, i) => byte !== bytes[checksumOffset + i])) return 'it is damaged: its checksum does not match';
  if (found !== version) return `it has layout ${found}, this XDesign reads ${version}`;
  return undefined;
}

function checksumOf(parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function typeOf(name: string, array: ArtifactArray): ArrayType {
  for (const type of Object.keys(arrayTypes) as ArrayType[]) {
    if (array instanceof arrayTypes[type]) return type;
  }
  throw new BugError(`array "${name}" of an artifact is not a Uint8Array, Int32Array, Float32Array or Float64Array`);
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}

function ensureLittleEndian(): void {
  ensure(new Uint8Array(Uint16Array.of(1).buffer)[0] === 1, 'artifacts are written and read on little-endian machines');
}
