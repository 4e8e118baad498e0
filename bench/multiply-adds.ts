/* The cost of networks in multiply-adds, counted from their plans: convolutions and the linear layer. */
import { blocksOf, type NetworkPlan } from '#domain/networks';

/** Multiply-adds of one image, forward. */
export function multiplyAddsForward(plan: NetworkPlan, resolution: number): number {
  const { stem, spaceToDepth, stages } = plan;
  let edge = resolution / spaceToDepth / stem.stride;
  let sum = edge ** 2 * stem.kernel ** 2 * spaceToDepth ** 2 * stem.channels;
  if (stem.maxPooling) edge /= 2;
  for (const { inputs, channels, stride, projects } of blocksOf(plan).flat()) {
    edge /= stride;
    sum += edge ** 2 * channels * (9 * inputs + 9 * channels + (projects ? inputs : 0));
  }
  return sum + stages.at(-1)!.channels;
}

/** Multiply-adds of one image in training: forward, gradient of the inputs, gradient of the weights. */
export function multiplyAddsInTraining(plan: NetworkPlan, resolution: number): number {
  return 3 * multiplyAddsForward(plan, resolution);
}
