/* All suites inside the extension host: one file each, a function that mocha's `describe` is called in. */
import { activationSuite } from './suites/activation';
import { languageSuite } from './suites/language';

export const allSuites: readonly (() => void)[] = [activationSuite, languageSuite];
