import { InvalidArgumentError } from 'commander';

/** Parses an option that is a positive whole number, as commander's argument parser. */
export function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('A whole number of at least 1 is expected.');
  return value;
}

/** Parses an option that is a seed: a whole number from 0 on. */
export function seedNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('A whole number of at least 0 is expected.');
  return value;
}

/** Parses an option that is a brightness of pixels: a number from 0 on. */
export function brightness(text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError('A number of at least 0 is expected.');
  return value;
}

/** What the command's exit status means. */
export const exitCodes = {
  success: 0,
  /** Findings that are errors, or a run that could not be finished. */
  findings: 1,
  /** Unknown option, missing argument. */
  usage: 2,
  /** An internal error, as in sysexits.h (EX_SOFTWARE). */
  bug: 70,
  /** Ctrl-C, as in shells: 128 + SIGINT. */
  interrupted: 130,
} as const;
