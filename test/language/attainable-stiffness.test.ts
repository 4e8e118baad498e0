import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { IsotropicMaterial } from '#engine/core/material';
import { reussBound, twoPhases, voigtBound } from '#engine/homogenization/bounds';
import { inverse3 } from '#engine/numerics/matrix-3';
import { readText } from './read-fixture';

const material = fc.record({
  young: fc.double({ min: 1, max: 1e6, noNaN: true }).map((megapascals) => Number(megapascals.toPrecision(6))),
  poisson: fc.double({ min: -0.9, max: 0.49, noNaN: true }).map((ratio) => Number(ratio.toFixed(3))),
});

test('a bound of E is out of reach exactly beyond the bounds of Voigt and Reuss', () => {
  fc.assert(
    fc.property(material, material, fc.integer({ min: 30, max: 60 }), fc.constantFrom('stress', 'strain'), (white, black, percent, plane) => {
      const phase = ({ young, poisson }: typeof white, name: string): IsotropicMaterial => ({ name, youngsModulus: young * 1e6, poissonRatio: poisson });
      const young = (bound: typeof voigtBound, share: number): number =>
        1 / inverse3(bound(twoPhases({ white: phase(white, 'W'), black: phase(black, 'B') }, `plane-${plane}` as 'plane-stress', share)))[0]!;
      const shares = [percent / 100, (percent + 1) / 100];
      const upper = Math.max(...shares.map((share) => young(voigtBound, share)));
      const lower = Math.min(...shares.map((share) => young(reussBound, share)));

      const codes = (bound: string): readonly string[] =>
        readText(`
          material W { young ${white.young} MPa  poisson ${white.poisson} }
          material B { young ${black.young} MPa  poisson ${black.poisson} }
          database D { size 800  fraction 0.25 .. 0.65  cells 100% }
          case C { white W  black B  from D  plane ${plane}  minimize E along x
            subject to fraction in ${percent}% .. ${percent + 1}%  subject to E ${bound} Pa }`).findings.map((finding) => finding.code);
      expect(codes(`> ${upper * 1.0001}`)).toContain('bound-out-of-reach');
      expect(codes(`> ${upper * 0.9999}`)).not.toContain('bound-out-of-reach');
      expect(codes(`< ${lower * 0.9999}`)).toContain('bound-out-of-reach');
      expect(codes(`< ${lower * 1.0001}`)).not.toContain('bound-out-of-reach');
    }),
    { numRuns: 60, seed: 3 },
  );
});
