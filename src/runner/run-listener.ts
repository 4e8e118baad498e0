import type { Finding } from '#domain/finding';
import type { StageEvent } from '#domain/stages';

/** Who hears how a run goes. */
export interface RunListener {
  onCase(name: string): void;
  onStage(event: StageEvent): void;
  /** A finding about an entry of the specification has its place. */
  onFinding(finding: Finding): void;
}
