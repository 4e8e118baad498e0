/** JSON data, as used in settings, headers and provenance. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export type ArtifactArray = Uint8Array | Int32Array | Float32Array | Float64Array;

/** The value of a stage or of a chunk of a stage: a JSON header and named flat arrays. */
export interface Artifact {
  readonly header: { readonly [name: string]: Json };
  readonly arrays: { readonly [name: string]: ArtifactArray };
}

/** An artifact whose header and arrays have known names. */
export interface ArtifactOf<Header, Arrays> {
  readonly header: Header;
  readonly arrays: Arrays;
}

/** Plain settings as JSON. Interfaces have no index signature, so the compiler cannot check this. */
export function toJson(settings: object): Json {
  return settings as Json;
}

/** An artifact with the names that its writer gave it. The key fixes stage and version, so no other artifact is read. */
export function artifactAs<Header, Arrays>(artifact: Artifact): ArtifactOf<Header, Arrays> {
  return artifact as ArtifactOf<unknown, unknown> as ArtifactOf<Header, Arrays>;
}

/** Joins the arrays of equal names end to end; headers are dropped. */
export function concatenateArrays(parts: readonly Pick<Artifact, 'arrays'>[]): { [name: string]: ArtifactArray } {
  const joined: { [name: string]: ArtifactArray } = {};
  for (const name of Object.keys(parts[0]?.arrays ?? {})) {
    const arrays = parts.map((part) => part.arrays[name]!);
    const length = arrays.reduce((sum, array) => sum + array.length, 0);
    const Type = arrays[0]!.constructor as new (length: number) => ArtifactArray;
    const whole = new Type(length);
    let offset = 0;
    for (const array of arrays) {
      whole.set(array as never, offset);
      offset += array.length;
    }
    joined[name] = whole;
  }
  return joined;
}

/** The arrays under names that begin with a prefix: several artifacts are stored as one that way. */
export function prefixArrays(prefix: string, arrays: Artifact['arrays']): Artifact['arrays'] {
  return Object.fromEntries(Object.entries(arrays).map(([name, array]) => [prefix + name, array]));
}

/** Those of the arrays whose names begin with the prefix, by the rest of their names. */
export function arraysWithPrefix(prefix: string, arrays: Artifact['arrays']): Artifact['arrays'] {
  return Object.fromEntries(Object.entries(arrays).flatMap(([name, array]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), array]] : [])));
}
