import { SemanticTokensDecoder } from 'langium/lsp';
import { expect, test } from 'vitest';
import { openText } from '#test/server/open-text';

test('words are told by what they are', async () => {
  const open = await openText(`material poisson { young 200 GPa  poisson 0.3 }
database E { size 800  fraction 0.3 .. 0.4  cells 100% { kind network } }
case x { white poisson  from E  plane stress  test periodic  maximize poisson along x  subject to E > 1 Pa
    learn compact { optimizer adam }  explain gradram { outliers top 10%  threshold 0.5  layer last, stage-1 }  compare control
    compare optimization { starts 3  from noise, images }  refine optimization { symmetry square } }`);
  const provider = open.xdesign.lsp.SemanticTokenProvider!;
  const { legend } = provider.semanticTokensOptions!;
  const tokens = await provider.semanticHighlight(open.document, open);
  const types = Object.fromEntries(legend.tokenTypes.map((type, index) => [type, index]));
  const words = SemanticTokensDecoder.decode(tokens, types, open.document).map(({ text, tokenType }) => `${text}:${tokenType}`);
  expect(words.join(' ')).toMatchInlineSnapshot(`"poisson:variable young:property GPa:type poisson:property E:type size:property fraction:property cells:property %:type kind:property network:enumMember x:class white:keyword poisson:variable E:type stress:enumMember periodic:enumMember maximize:keyword poisson:parameter x:enumMember E:parameter Pa:type compact:enumMember optimizer:property adam:enumMember gradram:enumMember outliers:property top:enumMember %:type threshold:property layer:property last:enumMember stage-1:enumMember control:enumMember optimization:enumMember starts:property from:property noise:enumMember images:enumMember optimization:enumMember symmetry:property square:enumMember"`);
});
