/* Results and their designs: all numbers of a case, a gallery, one design in detail, the steps of its construction, its file. */
import { isPatchConstruction } from '#domain/arms';
import type { DesignCase } from '#domain/case';
import { failure, success } from '#domain/finding';
import { createFieldSolver, createVirtualTester, crop, designSteps, directionalCurves, gatherImages, imageBoundary, unpackImage, type DesignSteps, type Image2D } from '#engine/api';
import { packColumn } from '#protocol/packed';
import type { LoadCaseName, LoadCaseView, PolarCurves, RedrawingView } from '#protocol/views/design-views';
import { createExportWriter, exportFileName } from '#runner/export/export-images';
import { loadCasesOf } from '#runner/export/load-cases';
import { armsInView } from '#runner/report/case-view';
import { comparisonsJson } from '#runner/report/comparison-words';
import { designName } from '#display/arms';
import { designsCsv } from '#runner/report/tables';
import { armOf, designOf, viewOfResult } from './view';
import { displaysOf, wireArm, wireImage, wireImages, wireLimit, wireObjective, wireRanked } from './wire';

/** The case as a whole, in numbers. */
export const resultView = viewOfResult<'result'>((result, _query, { stored }) => {
  const { problem, database, outliers, limits, findings } = result;
  const objective = wireObjective(problem, stored.read('tests')!);
  const displays = displaysOf(stored.read('tests')!);
  const [own, ...compared] = armsInView(result);
  return success({
    objective,
    displays: [...displays].sort((a, b) => Number(b.property === objective.property) - Number(a.property === objective.property)),
    database: {
      count: database.images.count,
      resolution: database.images.resolution,
      outliers: outliers.length,
      best: { image: database.best.index, objectiveValue: database.best.objectiveValue },
    },
    arms: [wireArm(own), ...compared.map(wireArm)],
    comparisons: comparisonsJson(result).map(({ arms, superiority, byImage, verdict }) => ({ arms, superiority, byImage, ...(verdict !== undefined && { verdict }) })),
    limits: limits.map((limit) => wireLimit(problem, limit)),
    findings,
  });
});

export const galleryView = viewOfResult<'gallery'>((result, { arm: name, from, to }) => {
  const found = armOf(result, name);
  const count = found?.arm.designs.length ?? 0;
  const first = Math.max(1, from);
  const indices = Array.from({ length: Math.max(0, Math.min(to, count) - first + 1) }, (_, i) => first - 1 + i);
  const batch = found ? gatherImages(found.arm.cells, indices) : { count: 0, resolution: result.problem.database.resolution, packed: new Uint8Array() };
  return success({ count, from: first, images: wireImages(batch) });
});

/** Angles over half a turn. */
const polarCount = 180;

export const designView = viewOfResult<'design'>((result, { arm: name, rank, fields }) => {
  const found = designOf(result, name, rank);
  if (!found.ok) return found;
  const { problem } = result;
  const cell = unpackImage(found.value.arm.cells, found.value.index);
  const loadCases = loadCasesOf({ kind: problem.test, plane: problem.plane, phases: problem.phases });
  const wanted = fields !== undefined && loadCases.includes(fields) ? fieldsOf(problem, cell, fields) : undefined;
  return success({
    design: wireRanked(found.value, found.value.index),
    image: wireImage(cell),
    loadCases,
    polar: polarOf(problem, cell),
    ...(wanted && { fields: wanted }),
  });
});

/** Moduli in every direction are defined for periodic boundaries only, whatever the case's own test. */
function polarOf({ phases, plane }: DesignCase, cell: Image2D<'binary'>): PolarCurves {
  const { stiffness } = createVirtualTester(cell.width, phases, { kind: 'periodic', plane }).run(cell);
  const curves = directionalCurves(stiffness!, polarCount);
  // With a void a cell may carry no load in some direction: then it has no compliance, and the moduli are zero.
  const known = (values: Float64Array): Float64Array => values.map((value) => (Number.isFinite(value) ? value : 0));
  return {
    youngsModulus: packColumn('f32', known(curves.youngsModulus)),
    poissonRatio: packColumn('f32', known(curves.poissonRatio)),
    shearModulus: packColumn('f32', known(curves.shearModulus)),
  };
}

function fieldsOf({ phases, plane, test }: DesignCase, cell: Image2D<'binary'>, name: LoadCaseName): LoadCaseView {
  const { loadCases } = createFieldSolver(cell.width, phases, { kind: test, plane }).solve(cell);
  const { energyDensity, displacement } = loadCases.find((each) => each.name === name)!;
  return { name, energyDensity: packColumn('f32', energyDensity), displacement: packColumn('f32', displacement) };
}

/** From the source image to the cell, step by step. */
export const skeletonView = viewOfResult<'skeleton'>((result, { arm: name, rank }, { stored }) => {
  const found = designOf(result, name, rank);
  if (!found.ok) return found;
  const { arm, look, index } = found.value;
  const { source, candidate, parent } = arm.designs[index]!;
  const cell = unpackImage(arm.cells, index);
  const { candidates, skeletons } = stored.readArm(name, 'candidates')!;
  const regions = stored.readRegions(arm.spec);
  const place = source.kind === 'patch' ? regions?.places[source.region] : undefined;
  const { construct } = arm.spec;
  if (!skeletons || !regions || parent || !isPatchConstruction(construct) || source.kind !== 'patch' || place === undefined || !('patch' in place)) {
    return failure('no-such-design', `${designName(look, rank)} was not drawn from the skeleton of an image, so there are no steps to show.`, 'Open it in the panel of designs.');
  }
  const mask = unpackImage(regions.masks, source.region);
  const image = unpackImage(stored.read('images')!.images, source.image);
  const steps = designSteps({ image, patch: source.patch, region: crop(mask, place.patch), boundary: imageBoundary(stored.problem) }, construct, stored.problem.construct, cell.width);
  let halfWidth = 0;
  for (let p = 0; p < cell.data.length; p++) if (cell.data[p] === 1 && steps.distance[p]! > halfWidth) halfWidth = steps.distance[p]!;
  return success({
    image: wireImage(image),
    ...(!source.borrowed && { region: wireImage(mask) }),
    patch: source.patch,
    skeleton: wireImage(steps.skeleton),
    spurs: wireImage(steps.spurs),
    nodes: steps.nodes.map(({ kind, row, column }) => ({ kind, row, column })),
    curves: steps.curves.map((curve) => packColumn('f32', curve)),
    motif: wireImage(steps.motif),
    construct,
    cellSkeleton: wireImage(unpackImage(skeletons, candidates.find(({ id }) => id === candidate)!.cell)),
    distance: packColumn('f32', steps.distance),
    halfWidth,
    cell: wireImage(cell),
    ...(steps.redrawing && { redrawing: wireRedrawing(steps.redrawing) }),
  });
});

function wireRedrawing({ patchCurves, curves, ...numbers }: NonNullable<DesignSteps['redrawing']>): RedrawingView {
  const pack = (list: readonly Float64Array[]): RedrawingView['curves'] => list.map((curve) => packColumn('f32', curve));
  return { ...numbers, patchCurves: pack(patchCurves), curves: pack(curves) };
}

/** One design for finite-element programs and ParaView, or all of them as a table. */
export const fileView = viewOfResult<'file'>((result, { arm: name, rank, format }) => {
  if (format === 'csv') return success({ fileName: 'designs.csv', text: designsCsv(result) });
  const found = designOf(result, name, rank);
  if (!found.ok) return found;
  const { name: caseName, test, plane, phases } = result.problem;
  const { arm, look, index } = found.value;
  const cell = unpackImage(arm.cells, index);
  const write = createExportWriter(cell.width, { kind: test, plane, phases });
  const made = write(cell, { imageName: designName(look, rank), caseName }, format);
  return made.ok ? success({ fileName: exportFileName(designName(look, rank), test, format), text: made.value.text }) : made;
});
