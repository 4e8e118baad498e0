/** JSON data: what settings, headers and provenance are made of. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export type ArtifactArray = Uint8Array | Int32Array | Float32Array | Float64Array;

/** The value of a stage or of a chunk of a stage: a JSON header and named flat arrays. */
export interface Artifact {
  readonly header: { readonly [name: string]: Json };
  readonly arrays: { readonly [name: string]: ArtifactArray };
}
