import type { CaseSpecification } from '#language/specification';
import type { DesignProblem } from '#engine/api';
import { digestOf } from './weights/pretrained-file';

/** What a user may change for a trial without touching the file; recorded in the manifest. */
export interface RunOverrides {
  /** Number of images of the database. */
  readonly size?: number;
  readonly epochs?: number;
  readonly seed?: number;
  /** TensorFlow.js backend. */
  readonly backend?: DesignProblem['learning']['backend'];
}

/** The case as the engine needs it. The only place where the language's words become the engine's. */
export function toDesignProblem(specification: CaseSpecification, overrides: RunOverrides = {}): DesignProblem {
  const { name, white, black, plane, test, database, objective, constraints, learning, start, explain, construct, arms } = specification;
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
    learning: { ...learning, epochs: overrides.epochs ?? learning.epochs, backend: overrides.backend ?? learning.backend },
    start: toTrainingStart(start, overrides),
    explain,
    construct,
    arms,
  };
}

function toTrainingStart(start: CaseSpecification['start'], overrides: RunOverrides): DesignProblem['start'] {
  if (start.kind === 'file') return { kind: 'file', file: start.file, sha256: digestOf(start) };
  return start.kind === 'case' ? { kind: 'case', problem: toDesignProblem(start.specification, overrides) } : start;
}
