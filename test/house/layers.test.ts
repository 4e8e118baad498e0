/*
 * The rules about imports bite: a small tree of bad files is written, each line of it breaking one rule,
 * and the checker must find exactly those. A rule that no line breaks fails the last test.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import extractConfiguration from 'dependency-cruiser/config-utl/extract-depcruise-config';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** Each line: the rule that must bite (or `fine`), the importing file, what it imports (`type` marks a type-only import). */
const imports = table(`
  fine                      src/units/quantity                  ./dimension
  units-layer               src/units/knows-engine              #engine/api
  units-packages            src/units/knows-package             left-pad
  units-node                src/units/knows-node                node:fs

  fine                      src/domain/case                     #units/quantity
  domain-layer              src/domain/knows-engine             type #engine/api
  domain-packages           src/domain/knows-package            left-pad
  domain-node               src/domain/knows-node               node:fs

  fine                      src/display/properties              type #domain/case
  fine                      src/display/numbers                 #units/quantity
  fine                      src/display/triangulate             earcut
  display-layer             src/display/knows-engine            type #engine/api
  display-layer             src/display/knows-protocol          type #protocol/result
  display-packages          src/display/knows-package           left-pad
  display-node              src/display/knows-node              node:fs

  fine                      src/protocol/run                    ./methods
  fine                      src/protocol/result                 type #display/numbers
  fine                      src/protocol/views                  type #domain/case
  protocol-layer            src/protocol/knows-engine           #engine/api
  protocol-packages         src/protocol/knows-package          left-pad
  protocol-node             src/protocol/knows-node             node:fs

  fine                      language/src/specification/specification  #units/quantity
  fine                      language/src/entries/defaults       type #domain/case
  fine                      language/src/xdesign-module         langium
  language-layer            language/src/knows-engine           type #engine/api
  language-layer            language/src/knows-runner           #runner/run
  language-packages         language/src/knows-lsp              langium/lsp
  language-packages         language/src/knows-server           vscode-languageserver
  language-packages         language/src/knows-package          left-pad
  language-node             language/src/knows-node             node:path

  fine                      src/engine/api                      #engine/pipeline/stage
  fine                      src/engine/fem/solve                #domain/case
  fine                      src/runner/report/report            #engine/api
  engine-layer              src/engine/core/knows-runner        type #runner/run
  engine-layer              src/engine/core/knows-language      type #language/specification/specification
  engine-packages           src/engine/api-of-package           left-pad
  engine-node               src/engine/core/knows-node          node:fs
  alias-into-rooms          src/engine/api-by-path              ./pipeline/stage
  engine-room-unknown       src/engine/attic/box                #engine/core/rng

  fine                      src/runner/resolve                  type #language/specification/specification
  fine                      src/runner/estimate/estimate        #domain/case
  fine                      src/runner/run                      #engine/api
  fine                      src/engine/jobs                     #engine/pipeline/stage
  fine                      src/runner/jobs/job-thread       #engine/jobs
  jobs-on-workers-only      src/runner/loads-too-much           #engine/jobs
  fine                      src/runner/jobs/pool             pngjs
  fine                      src/runner/jobs/threads          node:worker_threads
  specification-types-only  src/runner/speaks-language          #language/specification/specification
  runner-layer              src/runner/knows-checks             type #language/xdesign-module
  runner-layer              src/runner/through-the-wall         #engine/pipeline/stage
  runner-layer              src/runner/knows-cli                #cli/main
  runner-packages           src/runner/knows-langium            langium
  runner-packages           src/runner/knows-tensorflow         @tensorflow/tfjs-core

  fine                      src/cli/main                        #runner/run
  fine                      src/cli/options                     #domain/case
  fine                      src/cli/check                       #language/xdesign-module
  fine                      src/cli/simulate                    #engine/api
  cli-layer                 src/cli/through-the-wall            #engine/fem/solve
  cli-layer                 src/cli/knows-server                #server/main
  cli-packages              src/cli/knows-package               left-pad

  fine                      server/src/main                     langium/lsp
  fine                      server/src/runs                     #runner/run
  fine                      server/src/runs/words               type #engine/api
  fine                      server/src/lsp/limits               #domain/case
  fine                      server/src/views/heat-map           #engine/api
  computes-in-views-only    server/src/lsp/hover                #engine/api
  server-layer              server/src/views/through-the-wall   #engine/pipeline/stage
  server-packages           server/src/knows-vscode             vscode

  fine                      client/src/extension                type vscode
  fine                      client/src/rows                     type #domain/case
  fine                      client/src/tree-items               #display/numbers
  fine                      client/src/language-client          vscode-languageclient
  client-layer              client/src/knows-runner             #runner/run
  client-packages           client/src/knows-langium            langium

  fine                      media/src/panel                     #protocol/run
  fine                      media/src/legend                    #domain/case
  fine                      media/src/tip                       #display/numbers
  media-layer               media/src/knows-engine              #engine/api
  media-packages            media/src/knows-vscode              vscode
  media-node                media/src/knows-node                node:fs
  fine                      media/src/design/main               #media/shared/frame
  panels-apart              media/src/design/knows-neighbor    #media/skeleton/steps
  shared-below-panels       media/src/shared/climbs             #media/skeleton/steps

  fine                      language/src/syntax/messages        #language/entries/defaults
  room-language-imports     language/src/imports/climbs         #language/checks/checks
  room-language-entries     language/src/entries/climbs         #language/syntax/messages
  room-language-format      language/src/format/climbs          #language/entries/defaults
  room-language-syntax      language/src/syntax/climbs          #language/checks/checks
  room-language-specification  language/src/specification/climbs  #language/checks/checks
  fine                      language/src/checks/checks          #language/specification/specification
  room-language-checks      language/src/checks/climbs          #language/format/climbs
  language-room-unknown     language/src/attic/box              #language/xdesign-module

  fine                      src/runner/run-folder/lock          node:fs
  room-runner-run-folder    src/runner/run-folder/climbs        #runner/store/shelf
  fine                      src/runner/store/shelf              #runner/run-folder/lock
  room-runner-store         src/runner/store/climbs             #runner/report/report
  fine                      src/runner/history/record           #runner/run-folder/lock
  room-runner-history       src/runner/history/climbs           #runner/store/shelf
  fine                      src/runner/codec/bytes              #engine/api
  room-runner-codec         src/runner/codec/climbs             #runner/store/shelf
  fine                      src/runner/store/packed             #runner/codec/bytes
  fine                      src/runner/jobs/pool                #runner/codec/bytes
  room-runner-jobs          src/runner/jobs/climbs         type #runner/store/shelf
  room-runner-weights       src/runner/weights/climbs           #runner/report/report
  room-runner-png           src/runner/png/climbs               #runner/report/report
  room-runner-pictures      src/runner/pictures/climbs          #runner/report/report
  room-runner-images        src/runner/images/climbs            #runner/report/report
  room-runner-report        src/runner/report/climbs            #runner/store/shelf
  room-runner-estimate      src/runner/estimate/climbs          #runner/store/shelf
  room-runner-study         src/runner/study/climbs             #runner/store/shelf
  room-runner-cluster       src/runner/cluster/climbs           #runner/report/report
  fine                      src/runner/export/writes            #runner/report/report
  fine                      src/runner/export/reads             #runner/store/shelf
  room-runner-export        src/runner/export/climbs            #runner/jobs/pool
  fine                      src/runner/report/knows-neighbor   #runner/run
  fine                      src/runner/report/verdict          #display/numbers
  runner-room-unknown       src/runner/attic/box                #engine/api

  room-learning-backend     src/engine/learning/backend/climbs      ../network/network
  fine                      src/engine/learning/network/network     ../backend/backend
  room-learning-network     src/engine/learning/network/climbs      ../training/train
  fine                      src/engine/learning/training/train      ../network/network
  room-learning-training    src/engine/learning/training/climbs     ../explanation/explain
  fine                      src/engine/learning/explanation/explain ../training/train
  room-learning-explanation src/engine/learning/explanation/climbs  ../attic
  learning-room-unknown     src/engine/learning/attic               ./backend/backend

  fine                      src/engine/pipeline/arms/propose        ../stage
  room-pipeline-arms        src/engine/pipeline/arms/climbs         ../stages/construct
  fine                      src/engine/pipeline/stages/construct    ../arms/propose
  room-pipeline-jobs        src/engine/pipeline/jobs/climbs         ../stages/construct
  room-pipeline-stages      src/engine/pipeline/stages/climbs       ../result/assemble
  fine                      src/engine/pipeline/result/assemble     ../stages/construct
  room-pipeline-result      src/engine/pipeline/result/climbs       ../jobs/solve
  pipeline-room-unknown     src/engine/pipeline/attic/box           ../stage

  fine                      src/engine/fem/direct/condensation      ../solve
  fine                      src/engine/fem/iterative/iterate        ../solve
  room-fem-element          src/engine/fem/element/climbs           ../direct/condensation
  room-fem-direct           src/engine/fem/direct/climbs            ../iterative/iterate
  room-fem-iterative        src/engine/fem/iterative/climbs         ../direct/condensation
  fine                      src/engine/fem/gray/solve               ../iterative/iterate
  room-fem-gray             src/engine/fem/gray/climbs              ../virtual-tests/run
  fine                      src/engine/fem/virtual-tests/run        ../direct/condensation
  room-fem-virtual-tests    src/engine/fem/virtual-tests/climbs     ../gray/solve
  fem-room-unknown          src/engine/fem/attic/box                ../solve

  fine                      src/engine/core/rng                 pure-rand
  room-core                 src/engine/core/climbs              #engine/grid/image
  room-core-packages        src/engine/core/knows-package       d3-delaunay
  fine                      src/engine/grid/image               #engine/core/rng
  room-grid                 src/engine/grid/climbs              type #engine/fem/solve
  room-grid-packages        src/engine/grid/knows-package       pure-rand
  fine                      src/engine/kernels/load             #engine/core/rng
  room-kernels              src/engine/kernels/climbs           #engine/fem/solve
  room-kernels-packages     src/engine/kernels/knows-package    left-pad
  fine                      src/engine/numerics/solve           #engine/kernels/load
  room-numerics             src/engine/numerics/climbs          #engine/grid/image
  room-numerics-packages    src/engine/numerics/knows-package   left-pad
  fine                      src/engine/fem/solve                #engine/numerics/solve
  room-fem                  src/engine/fem/climbs               #engine/homogenization/tensor
  room-fem-packages         src/engine/fem/knows-package        left-pad
  fine                      src/engine/homogenization/tensor    #engine/fem/solve
  room-homogenization       src/engine/homogenization/climbs    #engine/validation/validate
  room-homogenization-packages src/engine/homogenization/knows-package left-pad
  fine                      src/engine/validation/validate      #engine/homogenization/tensor
  room-validation           src/engine/validation/climbs        #engine/pipeline/stage
  room-validation-packages  src/engine/validation/knows-package left-pad
  fine                      src/engine/optimization/optimize    #engine/fem/solve
  room-optimization         src/engine/optimization/climbs      #engine/validation/validate
  room-optimization-packages src/engine/optimization/knows-package left-pad
  fine                      src/engine/microstructure/cells     d3-delaunay
  room-microstructure       src/engine/microstructure/climbs    #engine/construction/construct
  room-microstructure-packages src/engine/microstructure/knows-package left-pad
  fine                      src/engine/morphology/skeleton      #engine/grid/image
  room-micrograph           src/engine/micrograph/climbs        #engine/microstructure/cells
  room-micrograph-packages  src/engine/micrograph/knows-package left-pad
  room-morphology           src/engine/morphology/climbs        #engine/microstructure/cells
  room-morphology-packages  src/engine/morphology/knows-package left-pad
  fine                      src/engine/learning/backend/backend @tensorflow/tfjs-core
  room-learning             src/engine/learning/network/climbs-out  #engine/microstructure/cells
  room-learning-packages    src/engine/learning/network/knows-package  left-pad
  fine                      src/engine/construction/construct   #engine/morphology/skeleton
  room-construction         src/engine/construction/climbs      #engine/fem/solve
  room-construction-packages src/engine/construction/knows-package @tensorflow/tfjs-core
  fine                      src/engine/pipeline/stage           #engine/construction/construct
  room-pipeline             src/engine/pipeline/climbs          #engine/api
  room-pipeline-packages    src/engine/pipeline/knows-package   left-pad

  fine                      src/engine/pipeline/jobs/solve      ../stage
  alias-across-rooms        src/engine/fem/by-path              ../numerics/solve
  alias-across-rooms        src/runner/store/by-path            ../jobs/pool
  fine                      src/cli/commands/run                ../main
  relative-within-a-room    src/engine/fem/by-alias             #engine/fem/solve

  fine                      src/units/hen                       type ./egg
  no-cycle                  src/units/egg                       ./hen
  declared-package          test/by-chance                      found-by-chance
  resolvable                src/units/lost                      ./nowhere
`);

/** Paths that the lines name and that import nothing of their own. */
const leaves = ['src/units/dimension', 'src/protocol/methods', 'media/src/shared/frame', 'media/src/skeleton/steps'];

/** Packages that lie in node_modules and that package.json names; langium has a second door. */
const declared = ['left-pad', 'earcut', 'langium', 'pure-rand', 'd3-delaunay', 'pngjs', '@tensorflow/tfjs-core', 'vscode', 'vscode-languageserver', 'vscode-languageclient'];
const aliases = ['units', 'domain', 'display', 'protocol', 'engine', 'runner', 'cli'].map((layer) => [`#${layer}/*`, `./src/${layer}/*.ts`]);
const outerAliases = ['language', 'server', 'client', 'media'].map((layer) => [`#${layer}/*`, `./${layer}/src/*.ts`]);

const root = fileURLToPath(new URL('../..', import.meta.url));
let tree: string;
let found: string[];
let rules: string[];

beforeAll(async () => {
  tree = realpathSync(mkdtempSync(join(tmpdir(), 'house-')));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  };
  for (const { from, to, typeOnly } of imports) {
    write(`${from}.ts`, `import ${typeOnly ? 'type ' : ''}{ x } from '${to}';\nexport const y = x;\n`);
  }
  for (const leaf of leaves) write(`${leaf}.ts`, 'export const x = 1;\n');
  for (const name of [...declared, 'found-by-chance']) {
    const exports = { '.': './lib/index.js', './lsp': './lib/lsp/index.js' };
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', type: 'module', exports }));
    for (const path of Object.values(exports)) write(`node_modules/${name}/${path}`, '');
  }
  const dependencies = Object.fromEntries(declared.map((name) => [name, '1']));
  write('package.json', JSON.stringify({ name: 'tree', type: 'module', imports: Object.fromEntries([...aliases, ...outerAliases]), dependencies }));

  const { options, ...ruleSet } = await extractConfiguration(join(root, '.dependency-cruiser.mjs'));
  const result = await cruise(
    ['src', 'language', 'server', 'client', 'media', 'test'],
    { ...(options as ICruiseOptions), baseDir: tree, validate: true, ruleSet },
    options!.enhancedResolveOptions as never,
  );
  const { summary } = result.output as ICruiseResult;
  found = summary.violations.map(({ rule, from }) => `${rule.name} ${from.replace(/\.ts$/, '')}`);
  rules = (ruleSet.forbidden ?? []).map((rule) => rule.name!);
});
afterAll(() => rmSync(tree, { recursive: true, force: true }));

describe('rules about imports', () => {
  test('refuse each bad import by the rule meant for it', () => {
    const expected = imports.filter(({ rule }) => rule !== 'fine').map(({ rule, from }) => `${rule} ${from}`);
    expect(expected.filter((line) => !found.includes(line))).toEqual([]);
  });

  test('leave good imports alone', () => {
    const good = new Set(imports.filter(({ rule }) => rule === 'fine').map(({ from }) => from));
    expect(found.filter((line) => good.has(line.split(' ')[1]!))).toEqual([]);
  });

  test('are each broken by some line here', () => {
    const broken = new Set(found.map((line) => line.split(' ')[0]));
    expect(rules.filter((name) => !broken.has(name))).toEqual([]);
    expect(rules.length).toBeGreaterThan(40);
  });
});

function table(text: string): { rule: string; from: string; to: string; typeOnly: boolean }[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '').map((line) => {
    const [rule, from, ...to] = line.split(/\s+/);
    return { rule: rule!, from: from!, to: to.at(-1)!, typeOnly: to[0] === 'type' };
  });
}
