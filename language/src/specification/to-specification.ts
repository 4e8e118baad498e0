/*
 * AST → Specification: SI numbers, defaults filled in, words of the language translated to the words of
 * the specification. Runs only on documents without errors, so a missing part here is a bug in the checks.
 */
import { AstUtils, type AstNode } from 'langium';
import { comparedArm, ownArm, refinedArm, type ArmSpec, type ConstructSettings, type MirrorAxes } from '#domain/arms';
import type { DesignCase, TrainingStart } from '#domain/case';
import type { ExplainSettings } from '#domain/explanation';
import type { FractionEnd, Interval } from '#domain/intervals';
import type { LearningSettings } from '#domain/learning';
import { anyFraction } from '#domain/image-files';
import type { DatabaseSettings, RandomDatabase } from '#domain/microstructures';
import { betterEnd } from '#domain/limits';
import type { LayerName } from '#domain/networks';
import type { Constraint, Objective } from '#domain/objective';
import type { CaseOptimization } from '#domain/optimization';
import { constructDefaults } from '#language/entries/defaults';
import { differenceRule, propertyRules, shareRule } from '#language/entries/entries';
import type { BoundConstraint, Case, Database, DifferenceConstraint, Family } from '#language/generated/ast';
import { propertyNames } from '#language/entries/entries';
import type { SpecificationDocument } from '#language/imports/imported-documents';
import { databaseKind, readBlock, type BlockReader } from '#language/entries/read-block';
import {
  comparisonsOf, constructionOf, constructReader, contributionOf, databaseOf, designFractionOf, edgesOf, explainReader, explainsExactly, familiesOf, firstEntry,
  learnedProperties, learnReader, materialOfPhase, methodOf, networkOf, objectiveProperty, planeOf, startOf, startsFrom, testOf,
} from './read-case';
import { optimizationOf, refineReader, sourcesOf, startsReader } from './read-optimization';
import { readNumber } from '#language/entries/read-number';
import { toFileDatabase } from './to-file-database';
import { choice, number, placeOf, present, range } from './read-present';
import type { CaseSpecification, FilePath } from './specification';

/** How the reader of a specification names documents. */
export type FileNames = (document: SpecificationDocument) => string;

/** One case. Throws when the document or what it imports has errors. */
export function toCaseSpecification(node: Case, fileOf: FileNames): CaseSpecification {
  return { place: placeOf(node, 'name', fileOf(documentOf(node))), database: present(databaseOf(node), 'from').name, case: toCase(node, fileOf) };
}

function documentOf(node: AstNode): SpecificationDocument {
  return AstUtils.getDocument(node) as SpecificationDocument;
}

function toCase(node: Case, fileOf: FileNames): DesignCase<FilePath> {
  const file = fileOf(documentOf(node));
  const { sense, directions } = present(firstEntry(node, 'Objective'), 'objective');
  const tested = {
    phases: {
      white: present(materialOfPhase(node, 'white'), 'white'),
      black: present(materialOfPhase(node, 'black'), 'black'),
    },
    plane: planeOf(node),
    test: present(testOf(node), 'test'),
  };
  const objective: Objective = { sense, property: present(objectiveProperty(node), 'property'), directions: directions.toSorted() };
  const construct = toConstruct(constructReader(node), node);
  return {
    name: node.name,
    ...tested,
    database: toDatabase(present(databaseOf(node), 'from'), fileOf),
    objective,
    constraints: node.entries.flatMap((entry) => (entry.$type === 'DifferenceConstraint' || entry.$type === 'BoundConstraint' ? [toConstraint(entry)] : [])),
    ...(!explainsExactly(node) && { learning: toLearning(learnReader(node), node) }),
    start: toStart(node, fileOf),
    explain: toExplain(explainReader(node), node),
    construct,
    optimization: toOptimization(node, file),
    ...toPictures(node, file),
    arms: toArms(node, betterEnd({ ...tested, ...objective }, construct.fraction)),
  };
}

/** The paths of a database are relative to the file that declares it. */
function toDatabase(node: Database, fileOf: FileNames): DatabaseSettings<FilePath> {
  return databaseKind(node) === 'files' ? toFileDatabase(node, fileOf(documentOf(node))) : toRandomDatabase(node);
}

function toRandomDatabase(node: Database): RandomDatabase {
  const reader = readBlock('database', node);
  const families = familiesOf(node);
  const familyOf = (kind: Family['kind']): Family | undefined => families.find((family) => family.kind === kind);
  const shareOf = (kind: Family['kind']): number => {
    const family = familyOf(kind);
    if (family === undefined) return 0;
    const reading = readNumber(family.share, shareRule, kind);
    return present(reading.ok ? reading.value : undefined, kind);
  };
  const [particles, fibers, cells, spinodal] = (['particles', 'fibers', 'cells', 'spinodal'] as const).map((kind) => readBlock(kind, familyOf(kind)));
  return {
    size: number(reader, 'size'),
    resolution: number(reader, 'resolution'),
    fraction: range(reader, 'fraction'),
    seed: number(reader, 'seed'),
    shares: { particles: shareOf('particles'), fibers: shareOf('fibers'), cells: shareOf('cells'), spinodal: shareOf('spinodal') },
    particles: {
      radius: range(particles!, 'radius'),
      aspect: range(particles!, 'aspect'),
      orientation: range(particles!, 'orientation'),
      overlap: choice(particles!, 'overlap'),
    },
    fibers: {
      length: range(fibers!, 'length'),
      width: range(fibers!, 'width'),
      orientation: range(fibers!, 'orientation'),
      overlap: choice(fibers!, 'overlap'),
    },
    cells: { kind: choice(cells!, 'kind'), count: range(cells!, 'count') },
    spinodal: {
      density: choice(spinodal!, 'density'),
      wavenumber: range(spinodal!, 'wavenumber'),
      bandwidth: range(spinodal!, 'bandwidth'),
      synthesis: choice(spinodal!, 'synthesis'),
      waves: number(spinodal!, 'waves'),
    },
  };
}

function toConstraint(node: DifferenceConstraint | BoundConstraint): Constraint {
  const property = present(propertyNames[node.property], 'property');
  const reading = node.$type === 'DifferenceConstraint' ? readNumber(node.limit, differenceRule, 'limit') : readNumber(node.value, propertyRules[property], 'bound');
  const value = present(reading.ok ? reading.value : undefined, 'bound');
  return node.$type === 'DifferenceConstraint' ? { kind: 'difference', property, limit: value } : { kind: 'bound', property, relation: node.relation, value };
}

function toLearning(reader: BlockReader, node: Case): LearningSettings {
  const optimizer = choice<LearningSettings['optimizer']>(reader, 'optimizer');
  const patience = reader.number('patience');
  return {
    network: networkOf(node),
    properties: learnedProperties(node),
    epochs: number(reader, 'epochs'),
    batchSize: number(reader, 'batch'),
    learningRate: number(reader, 'rate'),
    optimizer,
    weightDecay: optimizer === 'adam' ? 0 : number(reader, 'weight-decay'),
    schedule: choice(reader, 'schedule'),
    directions: choice(reader, 'directions'),
    augmentation: choice(reader, 'augment'),
    holdOut: number(reader, 'holdout'),
    validation: number(reader, 'validation'),
    ...(patience !== undefined && { patience }),
    backend: choice(reader, 'backend'),
  };
}

function toStart(node: Case, fileOf: FileNames): TrainingStart<FilePath> {
  const entry = startOf(node);
  if (entry === undefined) return { kind: 'random' };
  if (entry.$type === 'PathEntry') return { kind: 'file', file: present(entry.path, 'path'), place: placeOf(entry, 'path', fileOf(documentOf(node))) };
  const source = present(entry.source?.ref, 'the case that is named');
  if (startsFrom(source, node)) throw new Error('The checks let a case start from itself.');
  return { kind: 'case', case: toCase(source, fileOf) };
}

function toExplain(reader: BlockReader, node: Case): ExplainSettings {
  const method = methodOf(node);
  const outlierShare = number(reader, 'outliers');
  if (method === 'exact') {
    return { method, edges: present(edgesOf(node), 'edge').toSorted((a, b) => a - b), contribution: present(contributionOf(node), 'contribution'), outlierShare, squares: number(reader, 'squares') };
  }
  return {
    method,
    layers: layersInOrder(reader),
    outlierShare,
    thresholds: present(reader.numbers('threshold'), 'threshold').toSorted((a, b) => a - b),
    intersection: choice(reader, 'intersect'),
  };
}

/** Last first, so that their order in the file changes no result. */
function layersInOrder(reader: BlockReader): readonly LayerName[] {
  return present(reader.choices<LayerName>('layer'), 'layer').toSorted();
}

function toConstruct(reader: BlockReader, node: Case): ConstructSettings {
  const [norm, axes] = [number(reader, 'norm'), choice<MirrorAxes>(reader, 'axes')];
  return {
    mask: choice(reader, 'mask'),
    prune: number(reader, 'prune'),
    smallestPatch: number(reader, 'patch'),
    thinning: choice(reader, 'thinning'),
    fraction: designFractionOf(node) ?? openFraction(node),
    // Absent with their defaults, so that runs from before there was a choice keep their keys.
    ...(norm !== constructDefaults.norm && { norm }),
    ...(axes !== constructDefaults.axes && { axes }),
  };
}

/** Only the images of files can say which fractions designs have. */
function openFraction(node: Case): Interval {
  return present(databaseKind(present(databaseOf(node), 'from')) === 'files' ? anyFraction : undefined, 'fraction');
}

function toOptimization(node: Case, file: string): CaseOptimization<FilePath> {
  const { filter, symmetry } = optimizationOf(node);
  const starts = startsReader(node);
  const { from, files } = present(sourcesOf(starts), 'from');
  return {
    filter: present(filter, 'filter'),
    symmetry: present(symmetry, 'symmetry'),
    best: number(refineReader(node), 'best'),
    starts: number(starts, 'starts'),
    from,
    ...(files && { pictures: files.paths.map((path, index): FilePath => ({ file: path, place: placeOf(files.entry, 'pictures', file, index) })) }),
  };
}

/** Paths and patterns in the order of the file. */
function toPictures(node: Case, file: string): Pick<DesignCase<FilePath>, 'pictures'> {
  const entry = firstEntry(node, 'ComparePictures');
  return entry === undefined ? {} : { pictures: entry.paths.map((path, index): FilePath => ({ file: path, place: placeOf(entry, 'paths', file, index) })) };
}

/** The case's own, those that it is compared with in the order of the file, then those that refine the designs of others. */
function toArms(node: Case, end: FractionEnd): DesignCase['arms'] {
  const construct = constructionOf(node);
  const compared = comparisonsOf(node).map(({ arm }) => comparedArm(arm, construct, end));
  const arms: [ArmSpec, ...ArmSpec[]] = [ownArm(construct), ...compared];
  const refined = firstEntry(node, 'Refine') === undefined ? [] : arms.filter((arm) => arm.construct !== 'optimize').map(refinedArm);
  return [...arms, ...refined];
}
