/* One case as plain data: SI numbers, names resolved, no defaults left open. */
import type { ArmSpec, ConstructSettings } from './arms';
import type { ExplainSettings } from './explanation';
import type { BackendChoice, LearningSettings } from './learning';
import type { PhasePair, PlaneAssumption } from './materials';
import { isAnyFraction, type FileDatabase } from './image-files';
import type { Interval } from './intervals';
import type { DatabaseSettings } from './microstructures';
import type { Constraint, Objective } from './objective';
import type { CaseOptimization } from './optimization';
import type { VirtualTestKind } from './virtual-tests';

/** A file that a case names, by its content: its path as the specification writes it, and its SHA-256 in hex. */
export interface FileContent {
  readonly file: string;
  readonly sha256: string;
}

/** Random weights, those of a file, or those that another case ends with. */
export type TrainingStart<NamedFile = FileContent> =
  | { readonly kind: 'random' }
  | ({ readonly kind: 'file' } & NamedFile)
  /** No case starts from itself, however indirectly. */
  | { readonly kind: 'case'; readonly case: DesignCase<NamedFile> };

/** Everything that a run needs. `NamedFile` says how files are named: by their paths, or by their contents once they have been read. */
export interface DesignCase<NamedFile = FileContent> {
  readonly name: string;
  readonly phases: PhasePair;
  readonly plane: PlaneAssumption;
  readonly test: VirtualTestKind;
  readonly database: DatabaseSettings<NamedFile>;
  readonly objective: Objective;
  readonly constraints: readonly Constraint[];
  /** Absent where the case explains without a network (`explain.method` is `exact`), so nothing is trained. */
  readonly learning?: LearningSettings;
  /** Where the weights come from before the first epoch; random where there is no network. */
  readonly start: TrainingStart<NamedFile>;
  readonly explain: ExplainSettings;
  readonly construct: ConstructSettings;
  readonly optimization: CaseOptimization<NamedFile>;
  /**
   * The PNG files of the arm `pictures`, each one cell; absent where the case has no such arm. By their paths, an entry may
   * also be a pattern that several files match.
   */
  readonly pictures?: readonly NamedFile[];
  /** The ways to designs, by different names: the case's own, then those that it is compared with. */
  readonly arms: readonly [ArmSpec, ...ArmSpec[]];
}

/** What a user may change for a trial without touching the file; recorded in the manifest. */
export interface CaseOverrides {
  /** Number of images of the database. */
  readonly size?: number;
  readonly epochs?: number;
  readonly seed?: number;
  /** TensorFlow.js backend. */
  readonly backend?: BackendChoice;
}

/** The case with the overrides, and with it the cases that it starts from. */
export function overrideCase<NamedFile>(original: DesignCase<NamedFile>, overrides: CaseOverrides): DesignCase<NamedFile> {
  const { database, learning, start } = original;
  return {
    ...original,
    database: overrideDatabase(database, overrides),
    ...(learning && { learning: { ...learning, epochs: overrides.epochs ?? learning.epochs, backend: overrides.backend ?? learning.backend } }),
    start: start.kind === 'case' ? { kind: 'case', case: overrideCase(start.case, overrides) } : start,
  };
}

/** A database of files has a new size before it is read. */
function overrideDatabase<NamedFile>(database: DatabaseSettings<NamedFile>, { size, seed = database.seed }: CaseOverrides): DatabaseSettings<NamedFile> {
  if (database.kind === 'files') return { ...database, seed, ...(size !== undefined && { size }) };
  return { ...database, size: size ?? database.size, seed };
}

/** What names of files become: one of one, and of the entries of `DesignCase.pictures` as many as there are files. */
export interface FileResolver<From, To> {
  file(file: From): To;
  pictures(entries: readonly From[]): readonly To[];
  images(database: FileDatabase<From>): FileDatabase<To>;
}

/** The case whose files are named by what `resolve` makes of them, and with it the cases that it starts from. */
export function resolveFiles<From, To>(original: DesignCase<From>, resolve: FileResolver<From, To>): DesignCase<To> {
  const { pictures, start, optimization: { pictures: starts, ...optimization }, ...others } = original;
  const { construct } = original;
  const database = original.database.kind === 'files' ? resolve.images(original.database) : original.database;
  return {
    ...others,
    database,
    construct: isAnyFraction(construct.fraction) ? { ...construct, fraction: designWindow(database) } : construct,
    start: resolveStart(start, resolve),
    optimization: { ...optimization, ...(starts && { pictures: starts.map(resolve.file) }) },
    ...(pictures && { pictures: resolve.pictures(pictures) }),
  };
}

/** Designs have the fractions of the images; where these are all alike, those of a few pixels more or less. */
function designWindow({ fraction: { lower, upper }, resolution }: DatabaseSettings): Interval {
  const few = 8 / resolution ** 2;
  return upper - lower >= few ? { lower, upper } : { lower: Math.max(lower - few, few), upper: Math.min(upper + few, 1 - few) };
}

/** The PNG files of an arm: those that `PictureOrigin.number` counts. */
export function picturesOf<NamedFile>({ pictures, optimization }: Pick<DesignCase<NamedFile>, 'pictures' | 'optimization'>, { proposals }: Pick<ArmSpec, 'proposals'>): readonly NamedFile[] {
  return (proposals === 'pictures' ? pictures : optimization.pictures) ?? [];
}

function resolveStart<From, To>(start: TrainingStart<From>, resolve: FileResolver<From, To>): TrainingStart<To> {
  switch (start.kind) {
    case 'random':
      return start;
    case 'file':
      return { kind: 'file', ...resolve.file(start) };
    case 'case':
      return { kind: 'case', case: resolveFiles(start.case, resolve) };
  }
}
