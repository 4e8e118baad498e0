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
