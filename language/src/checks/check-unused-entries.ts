import type { Case, Family } from '#language/generated/ast';
import { readBlock } from '../read-block';
import { explainReader, firstEntry, learnReader } from '../read-case';
import type { Check } from './check';

/** `entry-without-effect` of a case: entries that its other entries switch off. */
export const checkUnusedEntries: Check<Case> = (node, report) => {
  const learn = learnReader(node);
  const decay = learn.entry('weight-decay');
  if (decay !== undefined && learn.choice('optimizer') === 'adam' && learn.number('weight-decay') !== 0) {
    report('entry-without-effect', '`adam` has no decoupled weight decay.', 'Write `optimizer adamw`, or delete this entry.', { node: decay });
  }
  const patience = learn.entry('patience');
  if (patience !== undefined && learn.number('validation') === 0) {
    report('entry-without-effect', 'Without validation images no epoch is better than another, so nothing stops.', 'Write `validation 5%`, or delete this entry.', { node: patience });
  }
  const intersect = explainReader(node).entry('intersect');
  const directions = firstEntry(node, 'Objective')?.directions ?? [];
  if (intersect !== undefined && new Set(directions).size === 1) {
    report('entry-without-effect', 'An objective along one direction has one map, and nothing to intersect.', 'Delete this entry.', { node: intersect });
  }
};

/** `entry-without-effect` of spinodal images: noise is not a sum of waves. */
export const checkUnusedWaves: Check<Family> = (family, report) => {
  if (family.kind !== 'spinodal') return;
  const reader = readBlock('spinodal', family);
  const waves = reader.entry('waves');
  if (waves === undefined || reader.choice('synthesis') === 'waves') return;
  report('entry-without-effect', '`synthesis noise` has no number of waves.', 'Write `synthesis waves`, or delete this entry.', { node: waves });
};
