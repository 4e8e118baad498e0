import { isLeafCstNode, isCompositeCstNode, isAstNode, type CstNode } from 'langium';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SpecificationFile } from '#language/generated/ast';
import { reparse } from '#language/syntax/reparse';
import { createXDesignServices } from '#language/xdesign-module';
import { disk, fixturePaths, root } from './read-fixture';

const parser = createXDesignServices().parser.LangiumParser;
const parse = (text: string) => parser.parse<SpecificationFile>(text);

/** Everything that a tree says, but references, which nobody has followed yet. */
function told(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(told);
  if (!isAstNode(node)) return typeof node === 'object' && node !== null && '$refText' in node ? { name: node.$refText, at: cst(node as never)?.at } : node;
  const own = Object.entries(node).filter(([key]) => !key.startsWith('$'));
  return { type: node.$type, property: node.$containerProperty, index: node.$containerIndex, cst: cst(node as never), ...Object.fromEntries(own.map(([key, value]) => [key, told(value)])) };
}

function cst({ $cstNode, $refNode }: { $cstNode?: CstNode; $refNode?: CstNode }): { at: unknown } | undefined {
  const node = $cstNode ?? $refNode;
  return node === undefined ? undefined : { at: concrete(node) };
}

function concrete(node: CstNode): unknown {
  const { offset, end, range, hidden, text } = node;
  const source = node.grammarSource?.$type;
  if (isLeafCstNode(node)) return { offset, end, range, hidden, text, source, token: node.tokenType.name };
  return { offset, end, range, text, source, content: isCompositeCstNode(node) ? node.content.map(concrete) : [] };
}

const texts = [...fixturePaths('good'), `${root}/examples/quickstart.xdesign`, `${root}/examples/paper/materials.xdesign`].map((path) => disk.read(path)!);
const typed = fc.oneof(fc.constantFrom('5', ' ', '\n', '\r\n', '// c\n', '/* d */', '/*', '"', '{', '}', 'x', ' seed 4', 'case A { }', '\n\n', ''), fc.string({ maxLength: 3 }));

const edit = fc.oneof(
  fc.record({ from: fc.nat(), length: fc.nat({ max: 6 }), insert: typed, blank: fc.constant(false) }),
  fc.record({ from: fc.nat(), length: fc.nat({ max: 1 }), insert: fc.constantFrom(' ', '   ', '\n', '\n\n  ', '\r\n', ' // c\n', ' /* d\n */ '), blank: fc.constant(true) }),
);

test('parsing anew gives what a whole parse gives, place by place', () => {
  let worked = 0;
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.array(edit, { minLength: 1, maxLength: 4 }), (text, edits) => {
      let result = parse(text);
      let now = text;
      for (const { from, length, insert, blank } of edits) {
        const somewhere = from % (now.length + 1);
        const start = blank ? Math.max(0, now.indexOf(' ', somewhere)) : somewhere;
        now = now.slice(0, start) + insert + now.slice(start + length);
        const again = reparse(result, now, parser);
        if (again !== undefined) {
          worked++;
          const whole = parse(now);
          expect(whole.parserErrors.length + whole.lexerErrors.length).toBe(0);
          expect(told(again.value)).toEqual(told(whole.value));
          for (const declaration of again.value.declarations) expect(declaration.$cstNode!.root.astNode).toBe(again.value);
        }
        result = again ?? parse(now);
      }
    }),
    { numRuns: 400, seed: 17 },
  );
  expect(worked).toBeGreaterThan(150);
});

test('other declarations keep their nodes', () => {
  const text = 'material A { young 1 GPa  poisson 0.3 }\nmaterial B { young 2 GPa  poisson 0.3 }\nmaterial C { young 3 GPa  poisson 0.3 }\n';
  const before = parse(text);
  const [a, b, c] = before.value.declarations;
  const after = reparse(before, text.replace('2 GPa', '25 GPa'), parser)!;
  expect(after.value).not.toBe(before.value);
  expect(after.value.declarations[0]).toBe(a);
  expect(after.value.declarations[1]).not.toBe(b);
  expect(after.value.declarations[2]).toBe(c);
});

test('what is not inside one declaration is left to the parser', () => {
  const text = 'material A { young 1 GPa }\n\nmaterial B { young 2 GPa }\n';
  for (const changed of [text.replace('\n\n', '\n// c\n'), `${text}case C { }`, text.replace('material A', 'materials A'), text.replace('1 GPa }', '1 GPa'), text.replace('1 GPa', '1 ~'), text.replace('1 GPa', '1 /* GPa'), text]) {
    expect(reparse(parse(text), changed, parser)).toBeUndefined();
  }
});
