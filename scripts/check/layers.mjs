/*
 * Which layer may import which: the two tables of ARCHITECTURE.md as data. Every rule about imports is made from
 * them by layer-rules.mjs, so a new layer, room or outside package is one line here (and one there).
 */

/**
 * Outside the layer itself nothing else may be imported.
 *
 * - `knows`: other layers, each as a regular expression of the paths that may be imported.
 * - `packages`: outside packages as paths below node_modules; `[]` means none.
 * - `node`: whether Node's own modules may be imported.
 * - `remedy`: what to do instead, printed with the violation.
 */
export const layers = [
  {
    name: 'units',
    folder: 'src/units',
    knows: [],
    packages: [],
    node: false,
    remedy: 'units knows nothing: pass the value in, or move the code to the layer that needs it',
  },
  {
    name: 'domain',
    folder: 'src/domain',
    knows: ['src/units/'],
    packages: [],
    node: false,
    remedy: 'domain is the case as language, engine and editor share it, and closed formulas on it: computations belong in the engine, parsing in the language',
  },
  {
    name: 'display',
    folder: 'src/display',
    knows: ['src/domain/', 'src/units/'],
    packages: ['earcut'],
    node: false,
    remedy: 'display says how numbers, stages, arms and limits are written and drawn: pass plain values in',
  },
  {
    name: 'protocol',
    folder: 'src/protocol',
    knows: ['src/display/', 'src/domain/', 'src/units/'],
    packages: [],
    node: false,
    remedy: 'protocol holds wire types: write the type out here and convert where the message is sent; how numbers are written belongs in display',
  },
  {
    name: 'language',
    folder: 'language/src',
    knows: ['src/domain/', 'src/units/'],
    packages: ['langium/lib/index'],
    node: false,
    remedy:
      'language turns text into data: physics comes from a small pure function in src/domain or from a service that the caller provides, editor features belong in server, files are read by the caller',
  },
  {
    name: 'engine',
    folder: 'src/engine',
    knows: ['src/domain/', 'src/units/'],
    packages: [],
    node: false,
    remedy: 'the engine is pure science: what it needs from outside comes in through RunContext or a port (ArtifactStore, Executor)',
  },
  {
    name: 'runner',
    folder: 'src/runner',
    knows: ['src/engine/(api|jobs)\\.ts$', 'src/display/', 'src/domain/', 'src/units/', 'language/src/specification/specification\\.ts$', 'package\\.json$'],
    packages: ['pngjs', 'echarts', 'fflate', 'jpeg-js', 'h5wasm', 'hyparquet', 'hyparquet-compressors', 'hyparquet-writer', 'csv-parse'],
    node: true,
    remedy: 'the runner reaches the engine only through its entry points, src/engine/api.ts and, on worker threads, src/engine/jobs.ts; what speaks to a user belongs in cli or server',
  },
  {
    name: 'cli',
    folder: 'src/cli',
    knows: ['language/src/', 'src/runner/', 'src/display/', 'src/domain/', 'src/units/', 'src/engine/api\\.ts$', 'package\\.json$'],
    packages: ['commander'],
    node: true,
    remedy: 'a command parses, calls the runner and prints: the work belongs in runner or, if it is science, in the engine behind src/engine/api.ts',
  },
  {
    name: 'server',
    folder: 'server/src',
    knows: ['language/src/', 'src/runner/', 'src/protocol/', 'src/display/', 'src/domain/', 'src/units/', 'src/engine/api\\.ts$', 'package\\.json$'],
    packages: ['langium', 'vscode-languageserver', 'vscode-languageserver-types', 'vscode-languageserver-textdocument', 'vscode-uri'],
    node: true,
    remedy: 'the server joins language and runner and never computes: go through the runner, which starts workers',
  },
  {
    name: 'client',
    folder: 'client/src',
    knows: ['src/protocol/', 'src/display/', 'src/domain/'],
    packages: ['@types/vscode', 'vscode', 'vscode-languageclient'],
    node: true,
    remedy: 'the client shows and asks: let the server do it and send a message of src/protocol',
  },
  {
    name: 'media',
    folder: 'media/src',
    knows: ['src/protocol/', 'src/display/', 'src/domain/'],
    packages: ['echarts', 'lit', '@vscode-elements'],
    node: false,
    remedy: 'a panel draws what a message of src/protocol brings: let the server make the view-model',
  },
];

/**
 * The rooms of the language, lowest first: a room may import itself, the rooms it `knows`, files outside the rooms and
 * what the grammar generates.
 */
export const languageRooms = [
  { name: 'imports', knows: [] },
  { name: 'entries', knows: [] },
  { name: 'format', knows: [] },
  { name: 'syntax', knows: ['imports', 'entries'] },
  { name: 'specification', knows: ['imports', 'entries'] },
  { name: 'checks', knows: ['imports', 'entries', 'syntax', 'specification'] },
];

/**
 * The rooms of the runner: a room may import itself, the rooms it `knows` and files outside the rooms.
 */
export const runnerRooms = [
  { name: 'run-folder', knows: [] },
  { name: 'codec', knows: [] },
  { name: 'store', knows: ['run-folder', 'codec'] },
  { name: 'history', knows: ['run-folder'] },
  { name: 'jobs', knows: ['codec'] },
  { name: 'weights', knows: [] },
  { name: 'png', knows: [] },
  { name: 'pictures', knows: ['png'] },
  { name: 'images', knows: ['pictures', 'run-folder', 'store'] },
  { name: 'report', knows: ['weights'] },
  { name: 'export', knows: ['report', 'run-folder', 'png', 'pictures', 'images', 'store', 'weights'] },
  { name: 'estimate', knows: ['codec'] },
  { name: 'study', knows: ['report'] },
  { name: 'cluster', knows: ['codec', 'store', 'run-folder', 'jobs', 'estimate'] },
];

/**
 * The rooms of the engine, lowest first: a room may import itself, the rooms it `knows` and the outside
 * `packages` named here. Files outside the rooms (api.ts) see all rooms.
 */
export const rooms = [
  { name: 'core', knows: [], packages: ['pure-rand'] },
  { name: 'grid', knows: ['core'], packages: [] },
  { name: 'kernels', knows: ['core'], packages: [] },
  { name: 'numerics', knows: ['core', 'kernels'], packages: [] },
  { name: 'fem', knows: ['core', 'numerics', 'grid', 'kernels'], packages: [] },
  { name: 'homogenization', knows: ['core', 'numerics', 'grid', 'kernels', 'fem'], packages: [] },
  { name: 'validation', knows: ['core', 'numerics', 'grid', 'fem', 'homogenization'], packages: [] },
  { name: 'optimization', knows: ['core', 'numerics', 'grid', 'kernels', 'fem', 'homogenization'], packages: [] },
  { name: 'microstructure', knows: ['core', 'numerics', 'grid'], packages: ['d3-delaunay', '@types/d3-delaunay'] },
  { name: 'micrograph', knows: ['core', 'numerics', 'grid'], packages: [] },
  { name: 'morphology', knows: ['core', 'numerics', 'grid'], packages: [] },
  { name: 'learning', knows: ['core', 'numerics', 'grid', 'kernels'], packages: ['@tensorflow'] },
  { name: 'construction', knows: ['core', 'numerics', 'grid', 'microstructure', 'morphology', 'learning'], packages: [] },
  {
    name: 'pipeline',
    knows: [
      'core', 'numerics', 'grid', 'kernels', 'fem', 'homogenization', 'validation', 'optimization',
      'microstructure', 'micrograph', 'morphology', 'learning', 'construction',
    ],
    packages: [],
  },
];

/** The rooms within `learning`, lowest first; there are no files outside them. */
export const learningRooms = [
  { name: 'backend', knows: [] },
  { name: 'network', knows: ['backend'] },
  { name: 'training', knows: ['backend', 'network'] },
  { name: 'explanation', knows: ['backend', 'network', 'training'] },
];

/** The rooms within `pipeline`, lowest first; each also sees the files outside them. */
export const pipelineRooms = [
  { name: 'arms', knows: [] },
  { name: 'jobs', knows: ['arms'] },
  { name: 'stages', knows: ['arms', 'jobs'] },
  { name: 'result', knows: ['arms', 'stages'] },
];

/** The rooms within `fem`, lowest first; each also sees the files outside them. */
export const femRooms = [
  { name: 'element', knows: [] },
  { name: 'direct', knows: ['element'] },
  { name: 'iterative', knows: ['element'] },
  { name: 'gray', knows: ['element', 'direct', 'iterative'] },
  { name: 'virtual-tests', knows: ['element', 'direct', 'iterative'] },
];
