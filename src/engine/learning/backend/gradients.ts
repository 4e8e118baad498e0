/*
 * Gradients of the operations that our networks use. tfjs-core's Node build does not register any
 * (its own are only reachable as source modules that Node cannot load), so they are here: each row is
 * the kernel's name and, for each input, how it changes with dy.
 */
import * as tf from '@tensorflow/tfjs-core';

type Attributes = Readonly<Record<string, unknown>>;
/** For each input the function that computes its gradient, from dy and the saved inputs and outputs. */
type Rule = (dy: tf.Tensor, saved: tf.Tensor[], attributes: Attributes) => Record<string, () => tf.Tensor>;

/** Registers the gradients in this thread; a second call changes nothing. */
export function registerGradients(): void {
  for (const { kernelName, inputs, savesOutput, frees, rule } of rules) {
    tf.registerGradient({
      kernelName,
      inputsToSave: inputs,
      outputsToSave: [savesOutput ?? false],
      gradFunc: (dy, saved, attributes) => {
        const changes = rule(dy as tf.Tensor, saved, attributes as unknown as Attributes);
        return frees ? lettingGo(changes, dy as tf.Tensor) : changes;
      },
    });
  }
}

/**
 * Disposes dy once all gradients that follow from it were computed: TensorFlow.js would keep the changes
 * of all activations until the whole gradient is there. Only where no gradient is dy itself.
 */
function lettingGo(changes: ReturnType<Rule>, dy: tf.Tensor): ReturnType<Rule> {
  let left = Object.keys(changes).length;
  const last = (compute: () => tf.Tensor) => (): tf.Tensor => {
    const change = compute();
    left -= 1;
    if (left === 0) dy.dispose();
    return change;
  };
  return Object.fromEntries(Object.entries(changes).map(([name, compute]) => [name, last(compute)]));
}

interface GradientRow {
  readonly kernelName: string;
  readonly inputs: string[];
  readonly savesOutput?: boolean;
  /** Whether dy is of no use once the gradients are there. */
  readonly frees?: boolean;
  readonly rule: Rule;
}

const rules: readonly GradientRow[] = [
  { kernelName: tf.Add, inputs: ['a', 'b'], rule: (dy, [a, b]) => ({ a: () => foldTo(dy, a!), b: () => foldTo(dy, b!) }) },
  { kernelName: tf.Sub, inputs: ['a', 'b'], rule: (dy, [a, b]) => ({ a: () => foldTo(dy, a!), b: () => foldTo(tf.neg(dy), b!) }) },
  {
    kernelName: tf.Multiply,
    inputs: ['a', 'b'],
    rule: (dy, [a, b]) => ({ a: () => foldTo(tf.mul(dy, b!), a!), b: () => foldTo(tf.mul(dy, a!), b!) }),
  },
  {
    kernelName: tf.SquaredDifference,
    inputs: ['a', 'b'],
    rule: (dy, [a, b]) => ({
      a: () => foldTo(tf.mul(dy, tf.mul(2, tf.sub(a!, b!))), a!),
      b: () => foldTo(tf.mul(dy, tf.mul(2, tf.sub(b!, a!))), b!),
    }),
  },
  { kernelName: tf.Square, inputs: ['x'], rule: (dy, [x]) => ({ x: () => tf.mul(dy, tf.mul(2, x!)) }) },
  {
    kernelName: tf.Rsqrt,
    inputs: [],
    savesOutput: true,
    rule: (dy, [y]) => ({ x: () => tf.mul(dy, tf.mul(-0.5, tf.mul(y!, tf.square(y!)))) }),
  },
  { kernelName: tf.Relu, inputs: [], savesOutput: true, rule: (dy, [y]) => ({ x: () => tf.mul(dy, tf.step(y!)) }) },
  { kernelName: tf.Sum, inputs: ['x'], rule: (dy, [x], { axis }) => ({ x: () => spread(dy, x!, axis, 1) }) },
  {
    kernelName: tf.Mean,
    inputs: ['x'],
    rule: (dy, [x], { axis }) => ({ x: () => spread(dy, x!, axis, dy.size / x!.size) }),
  },
  {
    kernelName: tf.BatchMatMul,
    inputs: ['a', 'b'],
    // The networks multiply without transposition only.
    rule: (dy, [a, b]) => ({ a: () => tf.matMul(dy, b!, false, true), b: () => tf.matMul(a!, dy, true, false) }),
  },
  {
    kernelName: tf.Conv2D,
    inputs: ['x', 'filter'],
    frees: true,
    rule: (dy, [x, filter], { strides, pad }) => {
      const attributes = { strides, pad, dataFormat: 'NHWC' } as tf.NamedAttrMap;
      return {
        x: () => runKernel(tf.Conv2DBackpropInput, { dy, filter: filter! }, { ...attributes, inputShape: x!.shape }),
        filter: () => runKernel(tf.Conv2DBackpropFilter, { x: x!, dy }, { ...attributes, filterShape: filter!.shape }),
      };
    },
  },
  {
    kernelName: tf.MaxPool,
    inputs: ['x'],
    savesOutput: true,
    frees: true,
    rule: (dy, [x, y], { filterSize, strides, pad }) => ({
      x: () => runKernel(tf.MaxPoolGrad, { dy, input: x!, output: y! }, { filterSize, strides, pad } as tf.NamedAttrMap),
    }),
  },
];

function runKernel(name: string, inputs: tf.NamedTensorMap, attributes: tf.NamedAttrMap): tf.Tensor {
  return tf.engine().runKernel(name, inputs, attributes) as tf.Tensor;
}

/** The sum of dy over the axes along which an operand was broadcast. */
function foldTo(dy: tf.Tensor, operand: tf.Tensor): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes(operand.shape, dy.shape);
  return axes.length === 0 ? dy : tf.reshape(tf.sum(dy, axes), operand.shape);
}

/** dy times `factor`, repeated along the axes that a reduction of x removed. */
function spread(dy: tf.Tensor, x: tf.Tensor, axis: unknown, factor: number): tf.Tensor {
  const axes = tf.util.parseAxisParam((axis ?? undefined) as number | number[], x.shape);
  const kept = x.shape.map((size, i) => (axes.includes(i) ? 1 : size));
  return tf.mul(tf.reshape(dy, kept), tf.fill(x.shape, factor));
}
