/* A setting of V8 that results depend on. Node runs this file alone in a test, so it imports nothing of ours. */
import { setFlagsFromString } from 'node:v8';

/**
 * Switches off the part of V8 that may give two objects one and the same number: from version 12.9 on (Node 23
 * to 26), objects that its compiler Maglev left out and makes on the way back to the interpreter share the box
 * of a field with a fraction, so what is written to the last of them changes all. Concerns the whole process
 * with its threads, and code that is compiled from now on; so every program calls it first. An earlier V8 has no
 * such part, and would report the flag as unknown on standard error.
 */
export function keepNumbersApart(): void {
  const [major = 0, minor = 0] = process.versions.v8.split('.').map(Number);
  if (major > 12 || (major === 12 && minor >= 9)) setFlagsFromString('--no-maglev-escape-analysis');
}
