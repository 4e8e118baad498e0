/* Studies: one case with each combination of several values of its settings. */

/** A setting that a study varies, with its values in the order of the file. */
export interface VariedSetting {
  /** The keyword of its entry, after that of its block where several blocks have such an entry: `threshold`, `fibers overlap`. */
  readonly name: string;
  readonly values: readonly VariedValue[];
}

export interface VariedValue {
  /** As the language writes it: `0.5`, `10%`, `layercam`, `0.38 .. 0.41`. */
  readonly text: string;
  /** The number in SI; absent for words and for ranges. */
  readonly number?: number;
}

/** What a variant is of. */
export interface VariantOf {
  readonly study: string;
  /** The name of the case that the study varies. */
  readonly case: string;
  /** The text of each varied setting by its name, in the order of the study. */
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * The name of the variant's own case, `Thresholds/threshold-0.5,seed-2`. No case of a file has a slash in its name. It
 * depends on the variant's values alone, so a study that gets more values keeps the runs that it has.
 */
export function variantName({ study, settings }: Omit<VariantOf, 'case'>): string {
  // Results folders have these names, so the quotes and slashes of paths cannot be in them.
  const parts = Object.entries(settings).map(([name, text]) => `${name}-${text}`.replaceAll(/[\s"']/g, '').replaceAll(/[/\\:*?<>|]/g, '-'));
  return `${study}/${parts.join(',')}`;
}

/** The study of a variant by the variant's name; undefined for the name of a case. */
export function studyOf(caseName: string): string | undefined {
  const end = caseName.indexOf('/');
  return end < 0 ? undefined : caseName.slice(0, end);
}

/** `threshold 0.5, seed 2`. */
export function settingsText(settings: VariantOf['settings']): string {
  return Object.entries(settings).map(([name, text]) => `${name} ${text}`).join(', ');
}
