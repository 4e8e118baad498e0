/** What a report tells of the run as a whole, beside what each case found. */
export interface ReportProvenance {
  /** The specification's path as the user gave it. */
  readonly specification: string;
  /** Options of the command that replaced values of the specification, e.g. `{ size: 200, epochs: 2 }`. */
  readonly overrides: Readonly<Record<string, number | string>>;
  /** Programs and libraries by name, e.g. `{ xdesign: '0.1.0', node: '24.21.0' }`. */
  readonly versions: Readonly<Record<string, string>>;
  /** The machine in one line, e.g. `2 cores, 7.8 GB, linux x64`. */
  readonly machine: string;
  /** When the run ended, ISO 8601; absent where reports must not differ from run to run. */
  readonly finished?: string;
}
