/*
 * Gradients of the operations that our networks use. The Node build of tfjs-core does not register any (its own are only
 * available as source modules that Node cannot load), so they are defined here: each row has the kernel's name and the
 * gradient of each input as a function of dy.
 */
import * as tf from '@tensorflow/tfjs-core';

type Attributes = Readonly<Record<string, unknown>>;
/** For each input, the function that computes its gradient from dy and the saved inputs and outputs. */
type Rule = (dy: tf.Tensor, saved: tf.Tensor[], attributes: Attributes) => Record<string, () => tf.Tensor>;

/** Registers the gradients in this thread; a second call changes nothing. */
export function registerGradients(): void {
  for (const { kernelName, inputs, savesOutput, disposesDy, rule } of rules) {
    tf.registerGradient({
      kernelName,
      inputsToSave: inputs,
      outputsToSave: [savesOutput ?? false],
      gradFunc: (dy, saved, attributes) => {
        const changes = rule(dy as tf.Tensor, saved, attributes as Attributes);
        return disposesDy ? disposeAfterLast(changes, dy as tf.Tensor) : changes;
      },
    });
  }
}

/**
 * Disposes of dy once all gradients that depend on it are computed: TensorFlow.js would keep the gradients of all
 * activations until the whole gradient is computed. It is used only where no gradient is dy itself.
 */
function disposeAfterLast(changes: ReturnType<Rule>, dy: tf.Tensor): ReturnType<Rule> {
  let remaining = Object.keys(changes).length;
  const last = (compute: () => tf.Tensor) => (): tf.Tensor => {
    const change = compute();
    remaining -= 1;
    if (remaining === 0) dy.dispose();
    return change;
  };
  return Object.fromEntries(Object.entries(changes).map(([name, compute]) => [name, last(compute)]));
}

interface GradientRow {
  readonly kernelName: string;
  readonly inputs: string[];
  readonly savesOutput?: boolean;
  /** Whether dy is disposed of once the gradients are computed. */
  readonly disposesDy?: boolean;
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
    // The networks only multiply without transposition.
    rule: (dy, [a, b]) => ({ a: () => tf.matMul(dy, b!, false, true), b: () => tf.matMul(a!, dy, true, false) }),
  },
  {
    kernelName: tf.Conv2D,
    inputs: ['x', 'filter'],
    disposesDy: true,
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
    disposesDy: true,
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
  const reduced = x.shape.map((size, i) => (axes.includes(i) ? 1 : size));
  return tf.mul(tf.reshape(dy, reduced), tf.fill(x.shape, factor));
}
