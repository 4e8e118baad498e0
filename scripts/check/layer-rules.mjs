/*
 * Turns the tables of layers.mjs into dependency-cruiser rules. Each rule's comment gives the remedy,
 * because it is shown when the rule is violated.
 */
import { femRooms, languageRooms, layers, learningRooms, pipelineRooms, rooms, runnerRooms } from './layers.mjs';

/** How dependency-cruiser names Node's own modules and packages that are installed or should be. */
const nodeModule = ['core'];
const outside = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown', 'deprecated'];

/** All rules, most specific message first. */
export function layerRules() {
  return [...layers.flatMap(rulesOfLayer), ...rooms.flatMap(rulesOfRoom), ...languageRooms.map(ruleOfLanguageRoom), ...runnerRooms.map(ruleOfRunnerRoom), ...learningRooms.map(ruleOfLearningRoom), ...pipelineRooms.map(ruleOfPipelineRoom), ...femRooms.map(ruleOfFemRoom), ...rulesOfHouse()];
}

function rulesOfLayer({ name, folder, knows, packages, node, remedy }) {
  const from = { path: `^${folder}/` };
  const known = knows.map((path) => `^${path}`);
  const rules = [
    rule(`${name}-layer`, `${list(knows.map(readable))} may be imported here. ${remedy}.`, from, {
      pathNot: ['^node_modules/', `^${folder}/`, ...known],
      dependencyTypesNot: [...nodeModule, ...outside],
      couldNotResolve: false,
    }),
  ];
  if (name !== 'engine') {
    rules.push(
      rule(`${name}-packages`, `Outside packages here: ${list(packages)}. ${remedy}; or add the package in scripts/check/layers.mjs with a reason.`, from, {
        path: '^node_modules/',
        pathNot: packages.map(inNodeModules),
      }),
    );
  }
  if (!node) {
    rules.push(rule(`${name}-node`, `Node's own modules are not for this layer. ${remedy}.`, from, { dependencyTypes: nodeModule }));
  }
  return rules;
}

function rulesOfRoom({ name, knows, packages }) {
  const from = { path: `^src/engine/${name}/` };
  return [
    rule(
      `room-${name}`,
      `engine/${name} may import ${list(knows)}. Move what both need down to a room that both know (often core), or take it as an argument.`,
      from,
      { path: '^src/engine/', pathNot: [name, ...knows].map((room) => `^src/engine/${room}/`) },
    ),
    rule(
      `room-${name}-packages`,
      `Outside packages in engine/${name}: ${list(packages)}. Write the small part that is needed, or add the package in scripts/check/layers.mjs with a reason.`,
      from,
      { path: '^node_modules/', pathNot: packages.map(inNodeModules) },
    ),
  ];
}

function ruleOfLanguageRoom({ name, knows }) {
  return rule(
    `room-language-${name}`,
    `language/${name} may import ${list([...knows, 'files outside the rooms'])}. Move what both need down, or let language/src/read-specification.ts join them.`,
    { path: `^language/src/${name}/` },
    { path: '^language/src/[^/]+/', pathNot: [name, 'generated', ...knows].map((room) => `^language/src/${room}/`) },
  );
}

function ruleOfRunnerRoom({ name, knows }) {
  return rule(
    `room-runner-${name}`,
    `runner/${name} may import ${list([...knows, 'files outside the rooms'])}. Move what both need down, or let src/runner/run.ts join them.`,
    { path: `^src/runner/${name}/` },
    { path: '^src/runner/[^/]+/', pathNot: [name, ...knows].map((room) => `^src/runner/${room}/`) },
  );
}

function ruleOfLearningRoom({ name, knows }) {
  return rule(
    `room-learning-${name}`,
    `learning/${name} may import ${list(knows)}. Move what both need down, or take it as an argument.`,
    { path: `^src/engine/learning/${name}/` },
    { path: '^src/engine/learning/', pathNot: [name, ...knows].map((room) => `^src/engine/learning/${room}/`) },
  );
}

function ruleOfPipelineRoom({ name, knows }) {
  return rule(
    `room-pipeline-${name}`,
    `pipeline/${name} may import ${list([...knows, 'files outside the rooms'])}. Move what both need down, or let a file outside the rooms join them.`,
    { path: `^src/engine/pipeline/${name}/` },
    { path: '^src/engine/pipeline/[^/]+/', pathNot: [name, ...knows].map((room) => `^src/engine/pipeline/${room}/`) },
  );
}

function ruleOfFemRoom({ name, knows }) {
  return rule(
    `room-fem-${name}`,
    `fem/${name} may import ${list([...knows, 'files outside the rooms'])}. Move what both need down, or let virtual-tests join them.`,
    { path: `^src/engine/fem/${name}/` },
    { path: '^src/engine/fem/[^/]+/', pathNot: [name, ...knows].map((room) => `^src/engine/fem/${room}/`) },
  );
}

/** Rules that no table row gives. */
function rulesOfHouse() {
  const roomNames = rooms.map((room) => room.name).join('|');
  const allLayers = layers.map((layer) => layer.folder).join('|');
  return [
    rule(
      'engine-packages',
      'Files outside the rooms of the engine re-export what rooms export: import the package in the room that owns it.',
      { path: '^src/engine/[^/]+$' },
      { path: '^node_modules/' },
    ),
    rule(
      'engine-room-unknown',
      'This folder is no room of the engine yet: add it to `rooms` in scripts/check/layers.mjs and to ARCHITECTURE.md.',
      { path: '^src/engine/[^/]+/', pathNot: `^src/engine/(${roomNames})/` },
      {},
    ),
    rule(
      'language-room-unknown',
      'This folder is not a room of the language yet: add it to `languageRooms` in scripts/check/layers.mjs.',
      { path: '^language/src/[^/]+/', pathNot: `^language/src/(generated|${languageRooms.map((room) => room.name).join('|')})/` },
      {},
    ),
    rule(
      'runner-room-unknown',
      'This folder is no room of the runner yet: add it to `runnerRooms` in scripts/check/layers.mjs.',
      { path: '^src/runner/[^/]+/', pathNot: `^src/runner/(${runnerRooms.map((room) => room.name).join('|')})/` },
      {},
    ),
    rule(
      'learning-room-unknown',
      'This file is in no room of learning: move it into one, or add a room to `learningRooms` in scripts/check/layers.mjs.',
      { path: '^src/engine/learning/', pathNot: `^src/engine/learning/(${learningRooms.map((room) => room.name).join('|')})/` },
      {},
    ),
    rule(
      'pipeline-room-unknown',
      'This folder is no room of the pipeline yet: add it to `pipelineRooms` in scripts/check/layers.mjs.',
      { path: '^src/engine/pipeline/[^/]+/', pathNot: `^src/engine/pipeline/(${pipelineRooms.map((room) => room.name).join('|')})/` },
      {},
    ),
    rule(
      'fem-room-unknown',
      'This folder is not a room of fem yet: add it to `femRooms` in scripts/check/layers.mjs.',
      { path: '^src/engine/fem/[^/]+/', pathNot: `^src/engine/fem/(${femRooms.map((room) => room.name).join('|')})/` },
      {},
    ),
    rule(
      'specification-types-only',
      'The runner knows the shape of a Specification, not the language: write `import type`.',
      { path: '^src/runner/' },
      { path: '^language/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'jobs-on-workers-only',
      "src/engine/jobs.ts loads the mathematics and TensorFlow.js: only a worker thread's file (src/runner/workers, src/runner/executors) may.",
      { pathNot: '^(src/runner/jobs|test|bench)/' },
      { path: '^src/engine/jobs\\.ts$' },
    ),
    rule(
      'computes-in-views-only',
      "The server's own thread never computes: ask the views process (server/src/views), or take types alone.",
      { path: '^server/', pathNot: '^server/src/views/' },
      { path: '^src/engine/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'panels-apart',
      'A panel knows itself and media/src/shared: move what two panels need there.',
      { path: '^media/src/([^/]+)/', pathNot: '^media/src/shared/' },
      { path: '^media/src/', pathNot: ['^media/src/shared/', '^media/src/$1/'] },
    ),
    rule(
      'shared-below-panels',
      'What all panels share knows none of them: take it as an argument.',
      { path: '^media/src/shared/' },
      { path: '^media/src/', pathNot: '^media/src/shared/' },
    ),
    rule(
      'alias-across-rooms',
      'Across rooms an import names its layer: write `#engine/room/file`, `#runner/file` and so on.',
      { path: `^(${allLayers})/([^/]+)/` },
      // A file directly in the folder of its layer is not in a room.
      { path: `^(${allLayers})/`, pathNot: '^$1/($2/|[^/]+$)', dependencyTypesNot: ['aliased-subpath-import'] },
    ),
    rule(
      'alias-into-rooms',
      'A file outside the rooms of the engine names the room: write `#engine/room/file`.',
      { path: '^src/engine/[^/]+$' },
      { path: '^src/engine/[^/]+/', dependencyTypesNot: ['aliased-subpath-import'] },
    ),
    rule(
      'relative-within-a-room',
      'Within a room an import is relative: write `./file` or `../file`.',
      { path: `^(${allLayers})/([^/]+)/` },
      { path: '^$1/$2/', dependencyTypes: ['aliased-subpath-import'] },
    ),
    rule(
      'declared-package',
      'This package is here by chance, because another one needs it: add it to package.json.',
      {},
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    rule('no-cycle', 'These files import each other in a loop: move what both need into a third file below them.', {}, { circular: true }),
    rule('resolvable', 'Nothing is found under this name: correct the path, or add the package to package.json.', {}, { couldNotResolve: true }),
  ];
}

function rule(name, comment, from, to) {
  return { name, severity: 'error', comment, from, to };
}

function inNodeModules(path) {
  return `^node_modules/${path}(/|\\.|$)`;
}

function readable(pattern) {
  return pattern.replace('\\', '').replace(/[/$]*$/, '').replace('(api|jobs)', 'api');
}

function list(names) {
  return names.length === 0 ? 'nothing' : names.join(', ');
}
