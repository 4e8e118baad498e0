/** What the engine needs of the machine to load optional packages. */
export interface BackendHost {
  /** Imports an npm package; rejects when it is not installed. */
  importPackage(name: string): Promise<unknown>;
  /**
   * Called before a package is imported. Before `@tensorflow/tfjs-node` and `…-node-gpu` it puts back
   * `util.isNullOrUndefined`, which they call and Node ≥ 23 lacks; before
   * `@tensorflow/tfjs-backend-webgpu` it provides `navigator.gpu`.
   */
  prepareFor(name: string): Promise<void>;
  /** Tests alone accept WebGPU adapters that compute on the processor. */
  readonly softwareAdapters?: 'accepted';
}
