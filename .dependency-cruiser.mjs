/*
 * Imports: who may know whom. The tables are in scripts/check/layers.mjs; `npm run check` runs this as
 * its step "layers". Type-only imports count.
 */
import { layerRules } from './scripts/check/layer-rules.mjs';

export default {
  forbidden: layerRules(),
  options: {
    doNotFollow: { path: '^node_modules/' },
    // AssemblyScript: TypeScript's syntax, but a language of its own.
    exclude: { path: '^src/engine/kernels/assembly/' },
    tsPreCompilationDeps: true,
    moduleSystems: ['es6'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.d.ts'],
    },
    skipAnalysisNotInRules: true,
  },
};
