import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
const tsconfig = JSON.parse(readFileSync('package.json','utf8')).imports;
console.log(tsconfig);
await build({ entryPoints:['bench/to-try.ts'], bundle:true, platform:'node', format:'esm', outfile:'/tmp/work/to-try.mjs', tsconfig:'bench/tsconfig.json', logLevel:'warning' });
