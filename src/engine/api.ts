/* The engine's door: what runner and command line may know of it. Jobs have a door of their own, jobs.ts. */
export { BugError, ensure } from '#engine/core/bug-error';
export { failure, success, type Finding, type Result, type Severity } from '#engine/core/finding';
export { Cancelled, type CancellationSignal } from '#engine/core/run-context';
export type { Artifact, ArtifactArray, ArtifactKey, ArtifactStore, Json, Provenance } from '#engine/pipeline/artifact';
export type { DesignProblem } from '#engine/pipeline/design-problem';
export type { Executor, JobListener } from '#engine/pipeline/executor';
export type { JobContext } from '#engine/pipeline/job-context';
export type { JobName, JobTable } from '#engine/pipeline/job-table';
