import { createGraySolver } from '#engine/fem/gray/gray-solver';
import { aluminumInFoam } from '#test/support/virtual-test-phases';
import { orbitsOf, coneFilter, project, gather, spread } from '#engine/optimization/design-variables';
import { interpolationOf } from '#engine/optimization/interpolation';
const n = 64;
const orbits = orbitsOf(n, 'square'); const F = coneFilter(orbits, 3);
const raw = Float64Array.from({ length: n * n }, (_, p) => (Math.hypot(((p % n) + 0.5) / n - 0.5, (Math.floor(p / n) + 0.5) / n - 0.5) < 0.3 ? 0.2 : 0.55));
const raw2 = Float64Array.from({ length: n * n }, (_, p) => (Math.hypot(((p % n) + 0.5) / n - 0.5, (Math.floor(p / n) + 0.5) / n - 0.5) < 0.35 ? 0.9 : 0.08));
for (const [name, r] of [['soft hole', raw], ['island', raw2]] as const) for (const beta of [1, 8]) for (const wanted of [{bulk:1,shear:1},{bulk:-1,shear:-1}] as const) for (const test of ['periodic','heating'] as const) for (const scaled of [false, true]) for (const tolerance of [1e-2, 1e-8]) {
  const x = spread(orbits, project(F(gather(orbits, r)), beta).densities);
  const { pixels } = interpolationOf(aluminumInFoam, 'plane-stress', wanted)(x);
  const solver = createGraySolver(n, { kind: test, plane: 'plane-stress' });
  const t = performance.now();
  const s = solver.solve(pixels, { tolerance, iterations: 3000, scaled });
  console.log(name, 'beta', beta, wanted.bulk, test, scaled ? 'scaled' : 'plain', tolerance, 'cg', s.iterations, 'bound', s.errorBound.toExponential(1), 'res', s.residual.toExponential(1), 'alpha', s.result.thermalExpansion!.x, (performance.now() - t).toFixed(0), 'ms');
}
