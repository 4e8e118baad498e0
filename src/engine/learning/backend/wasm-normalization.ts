/* Batch normalization with fused residual and rectifier, and its gradient, as kernels of the wasm backend. */
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { addressOf, kernelsOf, withScratch, type WasmBackend } from './wasm-memory';

/** What the kernels' attributes say. */
export type NormalizeAttributes = { readonly rectify: boolean; readonly epsilon: number };

type Inputs = Readonly<Record<string, TensorInfo>>;

/** Inputs x [n, h, w, c], scale [c], shift [c], residual? (as x); outputs result, mean [c], variance [c]. */
export const normalizeKernel: KernelConfig = {
  kernelName: 'NormalizeBatch',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { x, scale, shift, residual } = inputs as Inputs;
    const { rectify, epsilon } = attrs as NormalizeAttributes;
    const wasm = backend as WasmBackend;
    const { rows, channels } = extent(x!);
    const [result, mean, variance] = [wasm.makeOutput(x!.shape, 'float32'), wasm.makeOutput([channels], 'float32'), wasm.makeOutput([channels], 'float32')];
    withScratch(wasm, 2 * channels, (totals) => {
      kernelsOf(wasm).normalize(
        addressOf(wasm, x!), rows, channels, addressOf(wasm, scale!), addressOf(wasm, shift!),
        residual === undefined ? 0 : addressOf(wasm, residual), rectify ? 1 : 0, epsilon,
        totals, addressOf(wasm, mean), addressOf(wasm, variance), addressOf(wasm, result),
      );
    });
    return [result, mean, variance];
  },
};

/** Inputs dy, result, x, scale, mean, variance, residual?; outputs the gradients of x, scale, shift, residual?. */
export const normalizeGradientKernel: KernelConfig = {
  kernelName: 'NormalizeBatchGradient',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { dy, result, x, scale, mean, variance } = inputs as Inputs;
    const { rectify, epsilon, hasResidual } = attrs as NormalizeAttributes & { readonly hasResidual: boolean };
    const wasm = backend as WasmBackend;
    const { rows, channels } = extent(x!);
    const outputs = [wasm.makeOutput(x!.shape, 'float32'), wasm.makeOutput([channels], 'float32'), wasm.makeOutput([channels], 'float32')];
    if (hasResidual) outputs.push(wasm.makeOutput(x!.shape, 'float32'));
    const [dx, dScale, dShift, dResidual] = outputs;
    withScratch(wasm, 4 * channels, (totals) => {
      kernelsOf(wasm).normalizeGradient(
        addressOf(wasm, dy!), addressOf(wasm, result!), addressOf(wasm, x!), rows, channels,
        addressOf(wasm, scale!), rectify ? 1 : 0, epsilon, addressOf(wasm, mean!), addressOf(wasm, variance!), totals,
        addressOf(wasm, dx!), addressOf(wasm, dScale!), addressOf(wasm, dShift!), dResidual === undefined ? 0 : addressOf(wasm, dResidual),
      );
    });
    return outputs;
  },
};

function extent(x: TensorInfo): { readonly rows: number; readonly channels: number } {
  const channels = x.shape.at(-1)!;
  return { rows: x.shape.reduce((product, size) => product * size, 1) / channels, channels };
}
