/* All suites inside the extension host: one file each, a function that mocha's `describe` is called in. */
import { sessions, type SuiteName } from './sessions';
import { activationSuite } from './suites/activation';
import { languageSuite } from './suites/language';
import { restoredSuite } from './suites/restored';
import { runsSuite } from './suites/runs';

const suites: Readonly<Record<SuiteName, () => void>> = { activation: activationSuite, language: languageSuite, runs: runsSuite, restored: restoredSuite };

/** The suites of a session, by its number. */
export function suitesOf(session: number): readonly (() => void)[] {
  return sessions[session]!.map((name) => suites[name]);
}
