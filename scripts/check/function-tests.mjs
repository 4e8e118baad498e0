/**
 * Test files of functions alone, as patterns: they start no program, no thread and no browser, and leave their process
 * as it was. So they share processes, which load each module once (vitest.config.ts).
 */
export const functionTests = [
  'test/{cli,client,display,domain,language,protocol,units}/**/*.test.ts',
  'test/engine/{construction,core,fem,grid,homogenization,kernels,microstructure,morphology,numerics,optimization,pipeline,validation}/**/*.test.ts',
  'test/runner/{codec,estimate,export,history,report}/**/*.test.ts',
  'test/server/{cases,lsp,workspace}/**/*.test.ts',
];
