/* Worker threads with one broken job: which one and how is said by XDESIGN_TEST_BREAK. */
import { BugError } from '#engine/api';
import { jobFunctions } from '#engine/jobs';
import { serveJobs } from '#runner/workers/serve-jobs';

const broken = {
  /** A promise of ours that does not hold. */
  solve: async () => {
    throw new BugError('an image without pixels');
  },
  /** A member of the team that never comes: the other one waits for it. */
  train: async (context: never, input: { readonly team: { readonly member: number } }) => {
    if (input.team.member === 1) throw new TypeError('member 1 has no weights');
    return jobFunctions.train(context, input as never);
  },
  /** A thread that is gone. */
  explain: async () => process.exit(3),
} as const;

const name = process.env['XDESIGN_TEST_BREAK'] as keyof typeof broken;
serveJobs({ ...jobFunctions, ...(name in broken && { [name]: broken[name] }) });
