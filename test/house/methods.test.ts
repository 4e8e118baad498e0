/*
 * docs/methods.md cites what engine and domain cite, no more and no less: papers by DOI or arXiv number. And
 * it has a section for every stage of the pipeline.
 */
import { stageNames } from '#domain/stages';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const methods = readFileSync(join(root, 'docs/methods.md'), 'utf8');

/** DOIs and arXiv numbers in a text, sorted, each once. */
function papersIn(text: string): string[] {
  const dois = [...text.matchAll(/\b10\.\d{4,}\/[^\s,;\]]+/g)].map(([doi]) => trimmed(doi));
  const arxiv = [...text.matchAll(/arXiv[\s*]+(\d{4}\.\d{4,5})/g)].map((match) => match[1]!);
  return [...new Set([...dois, ...arxiv])].toSorted();
}

/** Without the punctuation of the sentence; DOIs may end in a parenthesis of their own. */
function trimmed(doi: string): string {
  const plain = doi.replace(/[.:]+$/, '');
  const opens = plain.split('(').length;
  return plain.endsWith(')') && plain.split(')').length > opens ? trimmed(plain.slice(0, -1)) : plain;
}

test('the papers are those that the heads of the files cite', () => {
  const files = globSync('src/{domain,engine}/**/*.ts', { cwd: root, exclude: ['src/engine/kernels/compiled/**'] });
  const comments = files.map((file) => readFileSync(join(root, file), 'utf8').match(/\/\*[\s\S]*?\*\/|\/\/.*/g)?.join('\n') ?? '');
  const cited = papersIn(comments.join('\n'));
  expect(cited.length).toBeGreaterThan(20);
  expect(papersIn(methods)).toEqual(cited);
});

test('every stage has its section', () => {
  const sections = [...methods.matchAll(/^## (.+)$/gm)].map((match) => match[1]!.toLowerCase());
  expect(sections.filter((section) => (stageNames as readonly string[]).includes(section))).toEqual([...stageNames]);
});

test('DOIs are found whole, whatever follows', () => {
  const text = '(Hashin 1963, doi 10.1016/0022-5096(63)90060-7; see 10.1145/62065.62074 (A1)), doi:10.1016/S0045-7825(98)00227-8): arXiv 1412.6980 and arXiv\n * 1711.05101).';
  expect(papersIn(text)).toEqual(['10.1016/0022-5096(63)90060-7', '10.1016/S0045-7825(98)00227-8', '10.1145/62065.62074', '1412.6980', '1711.05101']);
});
