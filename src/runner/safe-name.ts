/*
 * Names that every file system and every program takes: letters and digits of ASCII, - and _, a letter first.
 * CalculiX cuts the name of a job at a blank; Abaqus/CAE refuses blanks, most punctuation and a digit first;
 * Windows reserves the names of its devices and ignores case.
 */
import { createHash } from 'node:crypto';

/** Devices of Windows (learn.microsoft.com, "Naming Files, Paths, and Namespaces"). */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * The name itself where it is safe, else its usable part after `prefix`, at most `longest` characters, with
 * six digits of a checksum of the whole at the end, so that two names stay two.
 */
export function safeName(name: string, prefix: string, longest: number): string {
  // Accents are removed; every other character that is not an ASCII letter, a digit, `_` or `-` becomes a hyphen.
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  const canBegin = /^[A-Za-z]/.test(plain) && !device.test(plain);
  if (canBegin && plain === name && name.length <= longest) return name;
  const mark = `-${createHash('sha256').update(name.normalize('NFC')).digest('hex').slice(0, 6)}`;
  const start = canBegin ? '' : plain === '' ? prefix : `${prefix}-`;
  const kept = plain.slice(0, longest - start.length - mark.length).replace(/-+$/, '');
  return `${start}${kept}${mark}`;
}
