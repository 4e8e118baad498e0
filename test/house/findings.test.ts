/*
 * docs/findings.md and the sources tell the same findings: every code that the program can emit has one
 * section, every section is about such a code, and the message that a section shows is one that the
 * source can print.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { rejectionReasons } from '#engine/construction/attempt';
import { findingCodes } from '#language/findings';

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = readFileSync(join(root, 'docs/findings.md'), 'utf8');

/** A place in the sources that makes a finding; a code of `undefined` is one that only running tells. */
interface Origin {
  readonly place: string;
  readonly code: string | undefined;
  readonly severity: string;
  /** What the printed finding looks like. */
  readonly pattern: string;
}

/** The findings that a source file makes: calls of `failure`, and objects with a code, a severity and a message. */
function originsOf(file: string, source: string): Origin[] {
  const origins: Origin[] = [];
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const add = (node: ts.Node, code: ts.Expression | undefined, severity: string, parts: readonly (ts.Expression | undefined)[]): void => {
    const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    const pattern = parts.flatMap((part) => (part === undefined ? [] : [patternOf(part)])).join(' ');
    origins.push({ place: `${file}:${line}`, code: code && ts.isStringLiteralLike(code) ? code.text : undefined, severity, pattern });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'failure') {
      const [code, message, remedy] = node.arguments;
      add(node, code, 'error', [message, remedy]);
    } else if (ts.isObjectLiteralExpression(node)) {
      const values = new Map(node.properties.flatMap(nameAndValue));
      const severity = values.get('severity');
      if (values.has('code') && severity !== undefined && ts.isStringLiteralLike(severity)) {
        add(node, values.get('code'), severity.text, [values.get('message'), values.get('remedy')]);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return origins;
}

function nameAndValue(property: ts.ObjectLiteralElementLike): (readonly [string, ts.Expression])[] {
  if (ts.isPropertyAssignment(property)) return [[property.name.getText(), property.initializer]];
  return ts.isShorthandPropertyAssignment(property) ? [[property.name.text, property.name]] : [];
}

/** A regular expression of the texts that an expression gives; what is filled in may be anything. */
function patternOf(expression: ts.Expression): string {
  if (ts.isStringLiteralLike(expression)) return RegExp.escape(expression.text);
  if (ts.isTemplateExpression(expression)) {
    return RegExp.escape(expression.head.text) + expression.templateSpans.map(({ literal }) => `.*${RegExp.escape(literal.text)}`).join('');
  }
  if (ts.isConditionalExpression(expression)) return `(?:${patternOf(expression.whenTrue)}|${patternOf(expression.whenFalse)})`;
  return '.*';
}

// The one place that builds a finding from a code it is given.
const builder = 'src/domain/finding.ts';
const files = globSync(['src/**/*.ts', 'server/src/**/*.ts'], { cwd: root, exclude: ['src/engine/kernels/**'] }).filter((file) => file !== builder);
const origins = files.flatMap((file) => originsOf(file, readFileSync(join(root, file), 'utf8')));
const codesOfSources = new Set(origins.flatMap(({ code }) => code ?? []));

/** Sections by their code, with everything up to the next heading. */
const sections = text.split(/^(?=##)/m).flatMap((part) => {
  const code = /^### `([a-z0-9-]+)`$/m.exec(part)?.[1];
  return code === undefined ? [] : [{ code, body: part.slice(part.indexOf('\n') + 1).trim() }];
});

test('every finding has one section, and every section a finding', () => {
  expect(origins.length).toBeGreaterThan(30);
  const known = new Set([...Object.keys(findingCodes), ...codesOfSources]);
  expect(sections.map(({ code }) => code).toSorted()).toEqual([...known].toSorted());
});

test('codes are written out where findings are made', () => {
  expect(origins.filter(({ code }) => code === undefined).map(({ place }) => place)).toEqual([]);
});

describe('findings that only a run can know', () => {
  const own = sections.filter(({ code }) => !(code in findingCodes));

  test.each(own)('$code: what, why, the message, the remedy', ({ code, body }) => {
    const [, severity] = /^(Error|Warning|Information)\. /.exec(body) ?? [];
    expect(body).toMatch(/\*\*Why\.\*\* \S/);
    expect(body).toMatch(/\*\*Remedy\.\*\* \S/);
    const shown = /```text\n(\S+) (\S+) (.*)\n```/.exec(body);
    expect(shown?.slice(1, 3)).toEqual([severity?.toLowerCase(), code]);
    const printable = origins.filter((origin) => origin.code === code && origin.severity === shown![1]);
    expect(printable.filter(({ pattern }) => new RegExp(`^${pattern}$`).test(shown![3]!))).not.toEqual([]);
  });
});

test('every reason why a patch gives no design is in the table', () => {
  const rows = [...text.split('\n## Patches that give no design\n')[1]!.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1]);
  expect(rows).toEqual([...rejectionReasons, 'no-load-path', 'same-cell']);
});

test('the collector sees both ways to make a finding, and codes that are not written out', () => {
  const source = `
    const a = failure('lost', \`The \${thing} is lost.\`, far ? 'Look far.' : 'Look near.');
    warn({ code: 'late', severity: 'warning', message: 'Late.' });
    const b = failure(code, 'Why?');
    const notOurs = { code: 'EIO' };`;
  const seen = originsOf('here.ts', source);
  expect(seen.map(({ place, code, severity }) => `${place} ${code} ${severity}`)).toEqual(['here.ts:2 lost error', 'here.ts:3 late warning', 'here.ts:4 undefined error']);
  expect(new RegExp(`^${seen[0]!.pattern}$`).test('The key is lost. Look near.')).toBe(true);
  expect(new RegExp(`^${seen[0]!.pattern}$`).test('The key is gone. Look near.')).toBe(false);
});
