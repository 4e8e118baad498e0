import type { Case, Learn } from '#language/generated/ast';
import { readBlock } from '../read-block';
import { networkOf, startOf, startsFrom } from '../read-case';
import type { Check } from './check';

/** `starts-twice` */
export const checkStart: Check<Learn> = (learn, report) => {
  const reader = readBlock('learn', learn, learn.network);
  const [weights, transfer] = [reader.entry('weights'), reader.entry('transfer')];
  if (weights === undefined || transfer === undefined) return;
  report('starts-twice', 'The training would start from a file and from another case at once.', 'Keep one of `weights` and `transfer`.', { node: transfer, property: 'key' });
};

/** `transfer-cycle`, `transfer-between-networks` */
export const checkTransfer: Check<Case> = (node, report) => {
  const entry = startOf(node);
  if (entry?.$type !== 'Transfer' || entry.source?.ref === undefined) return;
  const source = entry.source.ref;
  const place = { node: entry, property: 'source' };
  if (startsFrom(source, node)) {
    const message = source === node ? `\`${node.name}\` would start from itself.` : `\`${source.name}\` starts from \`${node.name}\` in turn.`;
    report('transfer-cycle', message, 'Let one of them learn from the start.', place);
  } else if (networkOf(source) !== networkOf(node)) {
    const message = `\`${source.name}\` learns \`${networkOf(source)}\`, whose weights do not fit \`${networkOf(node)}\`.`;
    report('transfer-between-networks', message, 'Let both cases learn the same network.', place);
  }
};
