import type { StageEvent } from '#domain/stages';
import type { Finding } from '#engine/api';
import type { Place } from '#language/specification';

/** Who hears how a run goes. */
export interface RunListener {
  onCase(name: string): void;
  onStage(event: StageEvent): void;
  /** `place` is there when it is about a word of the specification. */
  onFinding(finding: Finding & { readonly place?: Place }): void;
}
