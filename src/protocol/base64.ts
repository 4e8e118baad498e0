/* Bytes as base64 text (RFC 4648, section 4), for both ends: neither Node nor a browser is known here. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const pad = 61; // '='

const codeOf = Uint8Array.from(alphabet, (letter) => letter.charCodeAt(0));
const valueOf = new Uint8Array(128);
codeOf.forEach((code, value) => (valueOf[code] = value));

/** Letters that become text at once: more arguments than this can exceed an engine's stack. */
const slice = 0x2000;

export function toBase64(bytes: Uint8Array): string {
  const letters = new Uint8Array(4 * Math.ceil(bytes.length / 3)).fill(pad);
  for (let from = 0, to = 0; from < bytes.length; from += 3, to += 4) {
    const left = bytes.length - from;
    const group = (bytes[from]! << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0);
    letters[to] = codeOf[group >> 18]!;
    letters[to + 1] = codeOf[(group >> 12) & 63]!;
    if (left > 1) letters[to + 2] = codeOf[(group >> 6) & 63]!;
    if (left > 2) letters[to + 3] = codeOf[group & 63]!;
  }
  let text = '';
  for (let from = 0; from < letters.length; from += slice) text += String.fromCharCode(...letters.subarray(from, from + slice));
  return text;
}

/** The bytes of a text that `toBase64` made. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  const value = (at: number): number => valueOf[text.charCodeAt(at)]!;
  for (let from = 0, to = 0; from < text.length; from += 4, to += 3) {
    const group = (value(from) << 18) | (value(from + 1) << 12) | (value(from + 2) << 6) | value(from + 3);
    bytes[to] = group >> 16;
    // Beyond the end of the array a write does nothing: that is the padding.
    bytes[to + 1] = group >> 8;
    bytes[to + 2] = group;
  }
  return bytes;
}
