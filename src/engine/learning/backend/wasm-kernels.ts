/*
 * Our own WebAssembly kernels in TensorFlow.js's wasm backend. They replace its convolution, add gradients that it lacks
 * (Conv2DBackpropFilter) or computes slowly (Conv2DBackpropInput, MaxPoolGrad), and add a fused batch normalization. The
 * kernels work in the backend's own memory, so no tensor is copied.
 */
import { backend_util, getKernel, registerKernel, unregisterKernel, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { ensure } from '#engine/core/bug-error';
import { bytes } from '#engine/kernels/compiled/network';
import { convolve, filterGradient, inputGradient } from './wasm-convolution';
import { addressOf, instantiateKernels, kernelsOf, openWasmBackend, withScratch, type WasmBackend } from './wasm-memory';

/** Registers the kernels for the open wasm backend; a second call does nothing. */
export function registerWasmKernels(): void {
  const backend = openWasmBackend();
  if (getKernel(normalizeKernel.kernelName, 'wasm') !== undefined) return;
  instantiateKernels(backend, bytes);
  for (const kernel of kernels) {
    if (getKernel(kernel.kernelName, 'wasm') !== undefined) unregisterKernel(kernel.kernelName, 'wasm');
    registerKernel(kernel);
  }
}

type Attributes = {
  readonly strides: number | [number, number];
  readonly pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  readonly dilations?: number | [number, number];
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
};

type Inputs = Readonly<Record<string, TensorInfo>>;

const convolutionKernel: KernelConfig = {
  kernelName: 'Conv2D',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { x, filter } = inputs as Inputs;
    return convolve(backend as WasmBackend, geometry(x!.shape, filter!.shape, attrs), x!, filter!);
  },
};

const filterGradientKernel: KernelConfig = {
  kernelName: 'Conv2DBackpropFilter',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { x, dy } = inputs as Inputs;
    return filterGradient(backend as WasmBackend, geometry(x!.shape, attrs!['filterShape'] as number[], attrs), x!, dy!);
  },
};

const inputGradientKernel: KernelConfig = {
  kernelName: 'Conv2DBackpropInput',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { dy, filter } = inputs as Inputs;
    return inputGradient(backend as WasmBackend, geometry(attrs!['inputShape'] as number[], filter!.shape, attrs), dy!, filter!);
  },
};

const maxPoolGradientKernel: KernelConfig = {
  kernelName: 'MaxPoolGrad',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { dy, input, output } = inputs as Inputs;
    const { filterSize, strides, pad } = attrs as { readonly filterSize: number; readonly strides: number; readonly pad: number };
    ensure([filterSize, strides, pad].every(Number.isInteger), 'pooling windows are square');
    const [images, height, width, channels] = input!.shape as [number, number, number, number];
    ensure(channels % 4 === 0, 'the number of channels is a multiple of four');
    const wasm = backend as WasmBackend;
    const gradient = wasm.makeOutput(input!.shape, 'float32');
    kernelsOf(wasm).maxPoolGradient(
      addressOf(wasm, input!), images, height, width, channels,
      addressOf(wasm, output!), addressOf(wasm, dy!), output!.shape[1]!, output!.shape[2]!, filterSize, strides, pad, addressOf(wasm, gradient),
    );
    return gradient;
  },
};

/** The library's own kernel copies the numbers. */
const identityKernel: KernelConfig = {
  kernelName: 'Identity',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend }) => {
    const { dataId, shape, dtype } = (inputs as Inputs)['x']!;
    (backend as WasmBackend).incRef(dataId);
    return { dataId, shape, dtype };
  },
};

type NormalizeAttributes = { readonly rectify: boolean; readonly epsilon: number };

/** Inputs x [n, h, w, c], scale [c], shift [c], residual? (as x); outputs result, mean [c], variance [c]. */
const normalizeKernel: KernelConfig = {
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
const normalizeGradientKernel: KernelConfig = {
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

const kernels: readonly KernelConfig[] = [
  convolutionKernel, filterGradientKernel, inputGradientKernel, maxPoolGradientKernel, normalizeKernel, normalizeGradientKernel, identityKernel,
];

function geometry(inputShape: readonly number[], filterShape: readonly number[], attributes: unknown): backend_util.Conv2DInfo {
  const { strides, pad, dilations, dataFormat, dimRoundingMode } = attributes as Attributes;
  ensure(dataFormat !== 'NCHW', 'convolutions use the layout NHWC');
  const info = backend_util.computeConv2DInfo(
    inputShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
  );
  ensure(info.dilationHeight === 1 && info.dilationWidth === 1, 'convolutions are not dilated');
  return info;
}

function extent(x: TensorInfo): { readonly rows: number; readonly channels: number } {
  const channels = x.shape.at(-1)!;
  return { rows: x.shape.reduce((product, size) => product * size, 1) / channels, channels };
}
