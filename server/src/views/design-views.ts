/* Designs: many small, one large. */
import { createFieldSolver, createVirtualTester, directionalCurves, gatherImages, success, unpackImage, type DesignProblem, type Image2D } from '#engine/api';
import { packColumn } from '#protocol/packed';
import type { LoadCaseName, LoadCaseView, PolarCurves } from '#protocol/views/design-view';
import { loadCasesOf } from '#runner/export/load-cases';
import { armOf, designOf, resultNeeds, resultOf } from './case-results';
import { wireRanked } from './result-view';
import { view } from './view';
import { wireImage, wireImages } from './wire';

type ResultValue = (typeof resultNeeds)[number];

export const galleryView = view<'gallery', ResultValue>(resultNeeds, (_values, { arm, from, to }, { stored }) => {
  const found = armOf(resultOf(stored), arm);
  const count = found?.designs.length ?? 0;
  const first = Math.max(1, from);
  const indices = Array.from({ length: Math.max(0, Math.min(to, count) - first + 1) }, (_, i) => first - 1 + i);
  const batch = found ? gatherImages(found.cells, indices) : { count: 0, resolution: stored.problem.database.resolution, packed: new Uint8Array() };
  return success({ count, from: first, images: wireImages(batch) });
});

/** Angles over half a turn. */
const polarCount = 180;

export const designView = view<'design', ResultValue>(resultNeeds, (_values, { arm, rank, fields }, { stored }) => {
  const found = designOf(resultOf(stored), arm, rank);
  if (!found.ok) return found;
  const { problem } = stored;
  const { arm: ofArm, index } = found.value;
  const cell = unpackImage(ofArm.cells, index);
  const loadCases = loadCasesOf({ kind: problem.test, plane: problem.plane, phases: problem.phases });
  const wanted = fields !== undefined && loadCases.includes(fields) ? fieldsOf(problem, cell, fields) : undefined;
  return success({
    design: wireRanked(ofArm, index),
    image: wireImage(cell),
    loadCases,
    polar: polarOf(problem, cell),
    ...(wanted && { fields: wanted }),
  });
});

/** Moduli in every direction have their meaning under periodicity alone, whatever the case's own test. */
function polarOf({ phases, plane }: DesignProblem, cell: Image2D<'binary'>): PolarCurves {
  const { stiffness } = createVirtualTester(cell.width, phases, { kind: 'periodic', plane }).run(cell);
  const curves = directionalCurves(stiffness!, polarCount);
  // Beside a void a cell may carry nothing in some direction: then it has no compliance, and these are zero.
  const known = (values: Float64Array): Float64Array => values.map((value) => (Number.isFinite(value) ? value : 0));
  return {
    youngsModulus: packColumn('f32', known(curves.youngsModulus)),
    poissonRatio: packColumn('f32', known(curves.poissonRatio)),
    shearModulus: packColumn('f32', known(curves.shearModulus)),
  };
}

function fieldsOf({ phases, plane, test }: DesignProblem, cell: Image2D<'binary'>, name: LoadCaseName): LoadCaseView {
  const { loadCases } = createFieldSolver(cell.width, phases, { kind: test, plane }).solve(cell);
  const { energyDensity, displacement } = loadCases.find((each) => each.name === name)!;
  return { name, energyDensity: packColumn('f32', energyDensity), displacement: packColumn('f32', displacement) };
}
