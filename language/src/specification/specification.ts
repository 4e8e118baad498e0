/*
 * A checked `.xdesign` file as plain data: its cases with the places and names that the file gives them. Free of
 * AST and editor types, so that a caller that runs a case needs nothing else of the language.
 */
import type { DesignCase } from '#domain/case';
import type { Place } from '#domain/finding';

/** A file that a case names, by its path as written, relative to the folder of the file that `place` names. */
export interface FilePath {
  readonly file: string;
  readonly place: Place;
}

/** A case of a file. */
export interface CaseSpecification {
  /** Of its name. */
  readonly place: Place;
  /** The name of its database. */
  readonly database: string;
  readonly case: DesignCase<FilePath>;
}

/** A whole file. */
export interface Specification {
  readonly file: string;
  readonly cases: readonly CaseSpecification[];
}
