/*
 * A checked `.xdesign` file as plain data: its cases with the places and names that the file gives them. Free of
 * AST and editor types, so that a caller that runs a case needs nothing else of the language.
 */
import type { DesignCase } from '#domain/case';
import type { Place } from '#domain/finding';
import type { VariantOf, VariedSetting } from '#domain/study';

/** A file that a case names, by its path as written, relative to the folder of the file that `place` names. */
export interface FilePath {
  readonly file: string;
  readonly place: Place;
}

/** A case of a file, or a variant of one. */
export interface CaseSpecification {
  /** Of its name, or of the study's. */
  readonly place: Place;
  /** The name of its database. */
  readonly database: string;
  readonly case: DesignCase<FilePath>;
  /** Present when a study made it; the name of `case` is then `variantName`. */
  readonly variant?: VariantOf;
}

/** A study of a file. */
export interface StudySpecification {
  /** Of its name. */
  readonly place: Place;
  readonly name: string;
  /** The name of the case that it varies. */
  readonly case: string;
  readonly settings: readonly [VariedSetting, ...VariedSetting[]];
  /** One for each combination, the values of the last setting next to each other. */
  readonly variants: readonly CaseSpecification[];
}

/** A whole file. */
export interface Specification {
  readonly file: string;
  readonly cases: readonly CaseSpecification[];
  readonly studies: readonly StudySpecification[];
}
