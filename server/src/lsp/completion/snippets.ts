import type { CompletionValueItem } from 'langium/lsp';
import { CompletionItemKind } from 'vscode-languageserver';

/** An item whose text has places to fill in, for editors that know snippets. */
export type Snippet = CompletionValueItem & { readonly label: string; readonly snippet?: string };

const wholeCase = `case \${1:Name} {
    white \${2:Boron}  black \${3:Aluminum}  from \${4:Images}

    plane \${5|stress,strain|}
    test \${6|compression,heating,periodic|}
    \${7|maximize,minimize|} \${8|E,poisson,expansion|} along x, y
    subject to difference(\${8}) < 10%
    subject to fraction in \${9:0.39 .. 0.40}

    learn compact
    explain gradram { outliers \${10|top,bottom|} 10%  threshold 0.3, 0.4, 0.5, 0.6, 0.7, 0.8  layer last, stage-1 }
    construct mirror
    compare control
}
`;

const wholeDatabase = `database \${1:Images} {
    size \${2:800}       resolution \${3|128,64,256,512|}  fraction \${4:0.38 .. 0.41}  seed \${5:1}
    particles 25%  fibers 25%      cells 25%              spinodal 25%
}
`;

/** Whole declarations and constraints, by the word that begins them. */
const bodies: Readonly<Record<string, readonly (readonly [label: string, detail: string, snippet: string])[]>> = {
  case: [['case …', 'A whole case', wholeCase]],
  database: [['database …', 'A whole database of the four families', wholeDatabase]],
  material: [['material …', 'A whole material', 'material ${1:Name} { young ${2:200 GPa}  poisson ${3:0.3}  expansion ${4:12e-6 1/K} }\n']],
  subject: [
    ['subject to difference', 'x and y differ by less than a share', 'subject to difference(${1|E,poisson,expansion|}) < ${2:10%}'],
    ['subject to fraction', 'Window of the volume fraction of white', 'subject to fraction in ${1:0.39 .. 0.40}'],
    ['subject to E', "A bound of Young's modulus", 'subject to E ${1|>,<|} ${2:100 GPa}'],
    ['subject to poisson', "A bound of Poisson's ratio", 'subject to poisson ${1|>,<|} ${2:0.3}'],
    ['subject to expansion', 'A bound of the thermal expansion', 'subject to expansion ${1|<,>|} ${2:10e-6 1/K}'],
  ],
};

/** What may be written whole where a word fits. */
export function snippets(word: string): readonly Snippet[] {
  return (bodies[word] ?? []).map(([label, detail, snippet]) => ({ label, detail, snippet, kind: CompletionItemKind.Snippet, sortText: '2' }));
}
