import { createOptimizer } from '#engine/optimization/optimizer';
import { createVirtualTester } from '#engine/fem/run-virtual-test';
import { boronInAluminum, aluminumInFoam } from '#test/support/virtual-test-phases';
import { createRng } from '#engine/core/rng';
const n = Number(process.env.N ?? 128);
const [which = '1', symmetry = 'square', radius = '3', start = 'frame', seed='1'] = process.argv.slice(2);
const objective = which === '1' ? { sense: 'maximize', property: 'youngs-modulus', directions: ['x', 'y'] } : which === '2' ? { sense: 'maximize', property: 'poisson-ratio', directions: ['x', 'y'] } : { sense: 'minimize', property: 'thermal-expansion', directions: ['x', 'y'] };
const phases = which === '3' ? aluminumInFoam : boronInAluminum;
const test = (process.argv[7] ?? 'periodic') as 'periodic';
const problem = { resolution: n, phases, plane: 'plane-stress', test, objective, constraints: [], window: { lower: 0.38, upper: 0.4 } } as never;
const optimizer = createOptimizer(problem, { filter: Number(radius), symmetry: symmetry as never });
const rng = createRng(Number(seed));
function densities(): Float64Array {
  const at = (f: (x: number, y: number) => number) => Float64Array.from({ length: n * n }, (_, p) => f(((p % n) + 0.5) / n, (Math.floor(p / n) + 0.5) / n));
  if (start === 'frame') return at((x, y) => (Math.max(Math.abs(x - 0.5), Math.abs(y - 0.5)) > 0.5 * Math.sqrt(0.6) ? 0.88 : 0.08));
  if (start === 'disc') return at((x, y) => (Math.hypot(x - 0.5, y - 0.5) < 0.15 ? 0.2 : 0.42));
  if (start === 'cosines') {
    const waves = Array.from({ length: 20 }, () => [rng.integer(5), rng.integer(5), rng.normal()] as const);
    const s = at((x, y) => waves.reduce((sum, [k, l, a]) => sum + a * Math.cos(2 * Math.PI * k * x) * Math.cos(2 * Math.PI * l * y), 0));
    const mean = s.reduce((a, b) => a + b) / s.length; const dev = Math.sqrt(s.reduce((a, b) => a + (b - mean) ** 2, 0) / s.length);
    return s.map((v) => Math.min(1, Math.max(0, 0.4 + (0.15 * (v - mean)) / dev)));
  }
  return at(() => 0.4 + 0.3 * (rng.uniform() - 0.5));
}
const t0 = performance.now();
let state = optimizer.start(densities(), start === 'frame');
while (!state.finished) { state = optimizer.advance(state); if (process.env.VERBOSE) console.log(state.iteration, state.stage, state.values.at(-1), state.solverIterations); }
const seconds = (performance.now() - t0) / 1000;
const cell = optimizer.cell(state);
const r = createVirtualTester(n, phases, { kind: test, plane: 'plane-stress' }).run(cell);
console.log(which, symmetry, radius, start, seed, 'its', state.iteration, 'cg', state.solverIterations, 's', seconds.toFixed(2), 'gray', state.values.at(-1), 'E', (r.youngsModulus.x/1e9).toFixed(2), (r.youngsModulus.y/1e9).toFixed(2), 'nu', r.poissonRatio.x.toFixed(4), r.poissonRatio.y.toFixed(4), 'alpha', r.thermalExpansion?.x, r.thermalExpansion?.y, 'f', cell.data.reduce((a: number,b: number)=>a+b,0)/n/n);
if (process.env.PRINT) for (let row=0; row<n; row+=4) console.log(Array.from({length:n/2},(_,c)=>cell.data[row*n+2*c]?'#':'.').join(''));
