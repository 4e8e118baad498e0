import type { CaseSpecification } from '#language/specification';
import type { DesignProblem } from '#engine/api';

/** What a user may change for a trial without touching the file; recorded in the manifest. */
export interface RunOverrides {
  /** Number of images of the database. */
  readonly size?: number;
  readonly epochs?: number;
  readonly seed?: number;
}

/** The case as the engine needs it. The only place where the language's words become the engine's. */
export function toDesignProblem(specification: CaseSpecification, overrides: RunOverrides = {}): DesignProblem {
  const { name, white, black, plane, test, database, objective, constraints, learning, explain, construct, control } = specification;
  return {
    name,
    phases: { white, black },
    plane,
    test,
    database: {
      size: overrides.size ?? database.size,
      resolution: database.resolution,
      fraction: database.fraction,
      seed: overrides.seed ?? database.seed,
      shares: database.shares,
      particles: database.particles,
      fibers: database.fibers,
      cells: database.cells,
      spinodal: database.spinodal,
    },
    objective,
    constraints,
    learning: { ...learning, epochs: overrides.epochs ?? learning.epochs },
    explain,
    construct,
    control,
  };
}
