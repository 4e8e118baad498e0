/* A file of a database, as it was when its paths were listed. */

/** A file, or the dataset of one. */
export interface ListedFile {
  /** As findings call it. */
  readonly name: string;
  /** As the specification has it, a pattern replaced by the file. */
  readonly written: string;
  /** On this machine. */
  readonly path: string;
  readonly dataset?: string;
  /** Bytes, and milliseconds since 1970, when it was listed: a file with others has changed. */
  readonly size: number;
  readonly modified: number;
}
