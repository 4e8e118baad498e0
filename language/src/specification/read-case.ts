/*
 * A case as far as it can be read: parts that are missing or wrong are undefined, and the checks report
 * why. Checks of physics and the specification both start here.
 */
import type { ArmSpec } from '#domain/arms';
import type { Contribution, ExplainMethod } from '#domain/explanation';
import type { Interval } from '#domain/intervals';
import type { IsotropicMaterial, PlaneAssumption } from '#domain/materials';
import type { NetworkKind } from '#domain/networks';
import { properties, type Property } from '#domain/objective';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { caseDefaults, defaultContribution, defaultEdges, defaultTest } from '#language/entries/defaults';
import { fractionRule } from '#language/entries/entries';
import { isCompare, type BoundConstraint, type Case, type CaseEntry, type Compare, type Database, type Family, type Learn, type Material, type PathEntry, type Phase, type SpecificationFile, type Study, type Transfer } from '#language/generated/ast';
import { propertyNames } from '#language/entries/entries';
import { readBlock, type BlockReader } from '#language/entries/read-block';
import { readRange } from '#language/entries/read-number';

export type EntryOf<T extends CaseEntry['$type']> = Extract<CaseEntry, { readonly $type: T }>;

/** The first entry of a type; a second one is `entry-twice`. */
export function firstEntry<T extends CaseEntry['$type']>(node: Case, type: T): EntryOf<T> | undefined {
  return node.entries.find((entry): entry is EntryOf<T> => entry.$type === type);
}

/** The studies of a case, which are in its file. */
export function studiesOf(node: Case): readonly Study[] {
  const declarations = (node.$container as SpecificationFile | undefined)?.declarations ?? [];
  return declarations.filter((each): each is Study => each.$type === 'Study' && each.case?.ref === node);
}

/** All entries of a type. */
export function allEntries<T extends CaseEntry['$type']>(node: Case, type: T): readonly EntryOf<T>[] {
  return node.entries.filter((entry): entry is EntryOf<T> => entry.$type === type);
}

/** What the case is compared with, in the order of the file. */
export function comparisonsOf(node: Case): readonly Compare[] {
  return node.entries.filter(isCompare);
}

export function phaseOf(node: Case, color: Phase['color']): Phase | undefined {
  return allEntries(node, 'Phase').find((phase) => phase.color === color);
}

export function databaseOf(node: Case): Database | undefined {
  return firstEntry(node, 'Source')?.database?.ref;
}

export function objectiveProperty(node: Case): Property | undefined {
  const word = firstEntry(node, 'Objective')?.property;
  return word === undefined ? undefined : propertyNames[word];
}

/** The test that the case names, else the one that measures its objective. */
export function testOf(node: Case): VirtualTestKind | undefined {
  const written = firstEntry(node, 'Test');
  if (written !== undefined) return written.kind;
  const property = objectiveProperty(node);
  return property === undefined ? undefined : defaultTest[property];
}

export function planeOf(node: Case): PlaneAssumption {
  const state = firstEntry(node, 'Plane')?.state;
  return state === undefined ? caseDefaults.plane : `plane-${state}`;
}

/** The window of the design's fraction: the case's own, else the database's; undefined where a database of files leaves it open. */
export function designFractionOf(node: Case): Interval | undefined {
  const constraint = firstEntry(node, 'FractionConstraint');
  if (constraint === undefined) {
    const database = databaseOf(node);
    return database === undefined ? undefined : readBlock('database', database).range('fraction');
  }
  const reading = readRange(constraint.range, fractionRule, 'fraction');
  return reading.ok ? reading.value : undefined;
}

/** Whether the case explains without a network, so that nothing is trained. */
export function explainsExactly(node: Case): boolean {
  return methodOf(node) === 'exact';
}

/** How the case trains its network, as far as it says it; undefined in a case that trains none, whatever it says. */
export function learnOf(node: Case): Learn | undefined {
  return explainsExactly(node) ? undefined : firstEntry(node, 'Learn');
}

export function networkOf(node: Case): NetworkKind {
  return learnOf(node)?.network ?? caseDefaults.network;
}

/**
 * The properties that the networks predict, the objective's among them, in the order of the language: cases that learn
 * the same properties of the same images have one training, whichever of them is the objective.
 */
export function learnedProperties(node: Case): readonly Property[] {
  const objective = objectiveProperty(node);
  const written = learnReader(node).entry('properties');
  const named = written?.$type === 'PropertiesEntry' ? written.properties.map((word) => propertyNames[word]) : [];
  return objective === undefined ? [] : properties.filter((property) => property === objective || named.includes(property));
}

/** Where the case says that its training starts; two places are `starts-twice`. */
export function startOf(node: Case): PathEntry | Transfer | undefined {
  const entry = learnReader(node).entry('weights') ?? learnReader(node).entry('transfer');
  return entry?.$type === 'PathEntry' || entry?.$type === 'Transfer' ? entry : undefined;
}

/** Whether a case is the goal, or starts from it, directly or through others. */
export function startsFrom(node: Case, goal: Case): boolean {
  const seen = new Set<Case>();
  for (let each: Case | undefined = node; each !== undefined && !seen.has(each); ) {
    if (each === goal) return true;
    seen.add(each);
    const entry = startOf(each);
    each = entry?.$type === 'Transfer' ? entry.source?.ref : undefined;
  }
  return false;
}

/** The words of the language for the ways to explain. */
const methods = { gradram: 'grad-ram', hirescam: 'hires-cam', layercam: 'layer-cam', exact: 'exact' } as const satisfies Readonly<Record<string, ExplainMethod>>;

export function methodOf(node: Case): ExplainMethod {
  return methods[firstEntry(node, 'Explain')?.method ?? caseDefaults.method];
}

/** How squares become cells. */
export function constructionOf(node: Case): ArmSpec['construct'] {
  return firstEntry(node, 'Construct')?.method ?? caseDefaults.construction;
}

export function learnReader(node: Case): BlockReader {
  return readBlock('learn', learnOf(node), networkOf(node));
}

export function explainReader(node: Case): BlockReader {
  return readBlock('explain', firstEntry(node, 'Explain'));
}

/** Pixels along an edge of the images of the case. */
export function resolutionOf(node: Case): number | undefined {
  const database = databaseOf(node);
  return database === undefined ? undefined : readBlock('database', database).number('resolution');
}

/** The edges of the squares of `explain exact`, those of the resolution where the case says none. */
export function edgesOf(node: Case): readonly number[] | undefined {
  const reader = explainReader(node);
  const resolution = resolutionOf(node);
  return reader.entry('edge') !== undefined ? reader.numbers('edge') : resolution === undefined ? undefined : defaultEdges(resolution);
}

/** What counts as the contribution of a square in `explain exact`, that of the objective's property where the case does not say. */
export function contributionOf(node: Case): Contribution | undefined {
  const property = objectiveProperty(node);
  return explainReader(node).choice<Contribution>('contribution') ?? (property && defaultContribution[property]);
}

export function constructReader(node: Case): BlockReader {
  return readBlock('construct', firstEntry(node, 'Construct'));
}

export function familiesOf(database: Database): readonly Family[] {
  return database.entries.filter((entry) => entry.$type === 'Family');
}

/** The phase without stiffness: the engine takes the limit of a phase whose modulus goes to zero. */
export const voidPhase: IsotropicMaterial = { name: 'void', youngsModulus: 0, poissonRatio: 0, thermalExpansion: 0 };

/** What a phase is made of, when it is there and right. */
export function materialOfPhase(node: Case, color: Phase['color']): IsotropicMaterial | undefined {
  const phase = phaseOf(node, color);
  return phase?.void === true ? voidPhase : readMaterial(phase?.material?.ref);
}

/** As in read-block.ts: many cases use one material. */
const materials = new WeakMap<Material, IsotropicMaterial | undefined>();

/** A material whose required values are there and right. */
export function readMaterial(node: Material | undefined): IsotropicMaterial | undefined {
  if (node === undefined) return undefined;
  if (!materials.has(node)) materials.set(node, materialOf(node));
  return materials.get(node);
}

function materialOf(node: Material): IsotropicMaterial | undefined {
  if (node.name === undefined) return undefined;
  const reader = readBlock('material', node);
  const youngsModulus = reader.number('young');
  const poissonRatio = reader.number('poisson');
  const thermalExpansion = reader.number('expansion');
  if (youngsModulus === undefined || poissonRatio === undefined) return undefined;
  return { name: node.name, youngsModulus, poissonRatio, ...(thermalExpansion === undefined ? {} : { thermalExpansion }) };
}

/** Whether the case needs to know how its materials expand. */
export function needsExpansion(node: Case): boolean {
  const used: readonly (BoundConstraint['property'] | undefined)[] = [
    firstEntry(node, 'Objective')?.property,
    ...allEntries(node, 'DifferenceConstraint').map((constraint) => constraint.property),
    ...allEntries(node, 'BoundConstraint').map((constraint) => constraint.property),
    ...(learnedProperties(node).includes('thermal-expansion') ? (['expansion'] as const) : []),
  ];
  return used.includes('expansion') || testOf(node) === 'heating';
}
