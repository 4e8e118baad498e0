/* The last line of `xdesign run --json`, as docs/exports.md promises it; SI units. */

export interface RunJson {
  readonly cases: readonly CaseJson[];
  readonly report: string;
}

export interface CaseJson {
  readonly name: string;
  readonly database: { readonly count: number; readonly best: { readonly x: number; readonly y: number; readonly index: number; readonly objectiveValue: number } };
  readonly faithfulness: { readonly images: number; readonly maps: readonly { readonly layer: string; readonly direction: string }[]; readonly perturbation: readonly { readonly ranking: string }[] };
  readonly learning: { readonly r2: Readonly<Record<string, number>>; readonly mse: Readonly<Record<string, number>>; readonly others: readonly { readonly property: string; readonly direction: string; readonly r2: number }[]; readonly trainSeconds: number };
  readonly arms: readonly [ArmJson, ...ArmJson[]];
  readonly comparisons: readonly { readonly arms: readonly string[]; readonly superiority: number; readonly byImage: { readonly pOneSided: number } }[];
  readonly seconds: Readonly<Record<string, number>>;
}

export interface ArmJson {
  readonly name: string;
  readonly attempts: number;
  readonly designs: readonly DesignJson[];
}

/** Those that the test of the case gives. */
type PropertiesJson = Readonly<Record<'Ex' | 'Ey' | 'nuxy' | 'nuyx' | 'Gxy' | 'alphax' | 'alphay', number>>;

export interface DesignJson {
  readonly file: string;
  readonly rank: number;
  readonly volumeFraction: number;
  readonly properties: PropertiesJson;
  readonly periodic: PropertiesJson;
  readonly objectiveValue: number;
  readonly feasible: boolean;
  readonly percentOfLimit: number;
  readonly beatsDatabase: boolean;
}

/** Of what the command wrote to its output. */
export function readRunJson(lines: readonly string[]): RunJson {
  return JSON.parse(lines.at(-1) ?? 'null') as RunJson;
}
