/** What tests inside an extension host hand out, as JSON. */
export interface HostReport {
  /** Node's version there. */
  readonly node: string;
  readonly results: readonly HostResult[];
}

export interface HostResult {
  readonly title: string;
  readonly passed: boolean;
  readonly milliseconds: number;
  readonly error?: string;
}
