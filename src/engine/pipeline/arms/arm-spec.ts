/*
 * An arm is a way to designs: which images it takes, which squares of them, how squares become cells.
 * A case has one of its own and compares it with any others. Everything that names a way is a row of a
 * table: `regionsOfImages` in case-plan.ts, `patchSources` and `constructions` in this folder.
 */

/** What fixes an arm beside the settings of its case. Two arms of a case have different names. */
export interface ArmSpec {
  /** As tables, file names and messages call it: lower case, digits and hyphens. */
  readonly name: string;
  /** `outliers`: the exceptional images. */
  readonly images: 'outliers';
  /** `regions`: the squares of critical regions. `random`: as many squares of the same sizes, anywhere. */
  readonly patches: 'regions' | 'random';
  /** `mirror`: the square's skeleton, mirrored and thickened. */
  readonly construct: 'mirror';
  /** The arm whose designs this one begins with; no arm begins with its own, however indirectly. */
  readonly startFrom?: string;
}
