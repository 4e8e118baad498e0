/*
 * Documents tell the truth about the tree: every link leads to a file, and every path written as code
 * is there. A path may be short: `pipeline/stage.ts` means the file whose path ends so.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const documents = globSync(['*.md', 'docs/**/*.md'], { cwd: root });

/** Every file and folder of the sources, with a slash in front. */
const tree = globSync(['*', '{src,language,server,client,media,test,scripts,bench,docs,examples,bin}/**'], { cwd: root }).map((path) => `/${path}`);

/** Targets of relative links of a document that are not there. */
function brokenLinks(document: string, text: string): string[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!.split('#')[0]!);
  const local = targets.filter((target) => target !== '' && !/^[a-z]+:/.test(target));
  return local.filter((target) => !existsSync(join(root, dirname(document), target)));
}

/** Paths of files and folders of the sources, written as code, that no path of the tree ends with. */
function brokenPaths(text: string): string[] {
  const spans = [...text.matchAll(/`([\w.-]+(?:\/[\w.-]+)*\/?)`/g)].map(([, span]) => span!);
  const paths = spans.filter((span) => /\.(ts|mjs|langium)$/.test(span) || /^(src|language|test|docs|scripts|examples)\//.test(span));
  return paths.filter((path) => !/NAME/.test(path) && !tree.some((known) => known.endsWith(`/${path.replace(/\/$/, '')}`)));
}

test.each(documents)('%s', (document) => {
  const text = readFileSync(join(root, document), 'utf8');
  expect({ links: brokenLinks(document, text), paths: brokenPaths(text) }).toEqual({ links: [], paths: [] });
});

test('a broken link and a path of yesterday are found', () => {
  const text = 'See [this](nowhere.md), [that](../README.md#two), [there](https://example.org/x), `core/yesterday.ts`, `core/rng.ts`, `rng.ts`, `src/attic/`.';
  expect(brokenLinks('docs/language.md', text)).toEqual(['nowhere.md']);
  expect(brokenPaths(text)).toEqual(['core/yesterday.ts', 'src/attic/']);
});
