/*
 * Words and habits that types and layers cannot hold. Each rule says why in one line; rules of our own
 * are in scripts/check/lint/. `npm run check` runs this as its step "lint".
 */
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { fileLength } from './scripts/check/lint/file-length.mjs';
import { fileName } from './scripts/check/lint/file-name.mjs';
import { forbiddenWords } from './scripts/check/lint/forbidden-words.mjs';

const house = { rules: { 'file-length': fileLength, 'file-name': fileName, 'forbidden-words': forbiddenWords } };

/** Syntax that no file may use: [selector, message]. */
const refusedEverywhere = [
  // A default export has no name of its own, so it is called differently wherever it is used.
  ['ExportDefaultDeclaration', 'No default export: give it a name.'],
  // An enum is a runtime object with rules of its own; a union of strings is plain data and reads the same in JSON.
  ['TSEnumDeclaration', 'No enum: use a union of string literals.'],
  // A namespace is a second module system.
  ["TSModuleDeclaration[kind='namespace']", 'No namespace: a file is the module.'],
];

/** Syntax that pure layers may not use, beside `refusedEverywhere`. */
const refusedInPureLayers = [
  // The order of letters and the look of numbers depend on the machine's language.
  ["MemberExpression[property.name=/^(localeCompare|toLocale\\w+)$/]", 'The same inputs give the same bytes on every machine: no locale.'],
  // A generator that the seed does not reach.
  ["MemberExpression[object.name='Math'][property.name='random']", 'Draw from `context.rng`: every run is fixed by its seed.'],
];

const refuse = (pairs) => ['error', ...pairs.map(([selector, message]) => ({ selector, message }))];

export default defineConfig(
  {
    ignores: [
      'node_modules/', 'dist/', '.build/', '**/.xdesign/',
      'language/src/generated/', 'src/engine/kernels/compiled/',
      // AssemblyScript: TypeScript's syntax, but a language of its own.
      'src/engine/kernels/assembly/',
    ],
  },
  {
    files: ['**/*.ts', '**/*.mjs'],
    languageOptions: { parser: tseslint.parser },
    plugins: { house, '@typescript-eslint': tseslint.plugin },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'no-restricted-syntax': refuse(refusedEverywhere),
      // Values are known or narrowed; `unknown` says the same honestly.
      '@typescript-eslint/no-explicit-any': 'error',
      // A silenced compiler hides the next fault too.
      '@typescript-eslint/ban-ts-comment': 'error',
      // `==` converts before it compares.
      eqeqeq: 'error',
      // What never changes says so.
      'prefer-const': 'error',
      'no-var': 'error',
      // An empty catch swallows an error.
      'no-empty': ['error', { allowEmptyCatch: false }],
      // Text that is run as code.
      'no-eval': 'error',
      'no-new-func': 'error',
      // One name, one meaning, within sight.
      'no-shadow-restricted-names': 'error',
      // Left over from finding a fault.
      'no-debugger': 'error',
      // Names of the house.
      'house/forbidden-words': 'error',
      'house/file-name': 'error',
      // One idea a file: past 300 lines look for the second one, past 400 there is one.
      'max-lines': ['warn', 300],
      'house/file-length': ['error', 400],
    },
  },
  {
    files: ['**/*.ts'],
    rules: {
      // One way to write an import; which form goes where is a rule of the step "layers".
      'no-restricted-imports': ['error', { patterns: [{ regex: '^(#|\\.).*\\.ts$', message: 'Leave `.ts` out.' }] }],
    },
  },
  {
    // Pure layers: the same inputs give the same bytes, whenever and wherever they run.
    files: ['src/engine/**', 'src/domain/**', 'src/display/**', 'src/units/**', 'src/protocol/**', 'language/src/**'],
    rules: {
      'no-restricted-syntax': refuse([...refusedEverywhere, ...refusedInPureLayers]),
      'no-restricted-globals': ['error', {
        checkGlobalObject: true,
        globals: [
          // Clocks: a time in a result changes its bytes; the runner measures.
          { name: 'Date', message: 'No clock here: the runner measures time.' },
          { name: 'performance', message: 'No clock here: the runner measures time.' },
          // Output: what is worth telling goes through `context.progress` or into the result.
          { name: 'console', message: 'Tell through `context.progress` or in the result.' },
          // The machine: what is needed from it is an argument.
          { name: 'process', message: 'Take it as an argument.' },
          { name: 'Intl', message: 'The same inputs give the same bytes on every machine: no locale.' },
        ],
      }],
    },
  },
  {
    // Where promises are: these rules need types, so they are kept to the layers that wait.
    files: ['src/runner/**/*.ts', 'src/cli/**/*.ts', 'server/src/**/*.ts', 'src/engine/pipeline/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A promise nobody waits for swallows its error and outlives its run.
      '@typescript-eslint/no-floating-promises': 'error',
      // A promise where a truth value is expected is a forgotten await; an async listener is fine.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
    },
  },
  {
    // Tools read one default export.
    files: ['*.config.{ts,mjs}', '.*.mjs', 'scripts/**/*-reporter.mjs'],
    rules: { 'no-restricted-syntax': refuse(refusedEverywhere.slice(1)) },
  },
  {
    files: ['test/**'],
    rules: {
      // A table of cases may be long.
      'max-lines': 'off',
      'house/file-length': 'off',
      // A test says whose inside it looks at, so that it can move.
      'no-restricted-imports': ['error', { patterns: [{ regex: '^\\.\\./', message: 'Name the place: `#engine/…`, `#test/…`.' }] }],
      // Every test runs, everywhere: a skipped test proves nothing and looks as if it did.
      'no-restricted-syntax': refuse([
        ...refusedEverywhere,
        ['MemberExpression[object.name=/^(test|it|describe|suite)$/][property.name=/^(only|skip|todo|skipIf|runIf)$/]', 'Every test runs: mend it or delete it.'],
      ]),
    },
  },
);
