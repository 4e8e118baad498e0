/* Worker threads with one broken job: which one and how is said by XDESIGN_TEST_BREAK, whose first word names the job. */
import { BugError, type JobContext } from '#engine/api';
import { jobFunctions } from '#engine/jobs';
import { serveJobs } from '#runner/jobs/serve-jobs';

type TrainInput = { readonly team: { readonly member: number } };

const broken = {
  /** A promise of ours that does not hold. */
  solve: async () => {
    throw new BugError('an image without pixels');
  },
  /** A member of the team that never comes: the other one waits for it. */
  train: async (context: never, input: TrainInput) => {
    if (input.team.member === 1) throw new TypeError('member 1 has no weights');
    return jobFunctions.train(context, input as never);
  },
  /** A member that fails in the middle: all others fail, too, because it leaves them. */
  'train later': async (context: JobContext<never>, input: TrainInput) => {
    let looks = 0;
    const throwIfAborted = (): void => {
      if (input.team.member === 1 && ++looks === 20) throw new TypeError('member 1 lost its weights');
      context.signal.throwIfAborted();
    };
    return jobFunctions.train({ ...context, signal: { aborted: false, throwIfAborted } }, input as never);
  },
  /** A member that is refused, by the machine. */
  'train without backend': async (context: JobContext<never>, input: TrainInput) =>
    jobFunctions.train({ ...context, ...(input.team.member === 1 && { tensorflowWasmPath: '/nowhere/' }) }, input as never),
  /** A thread that is gone. */
  explain: async () => process.exit(3),
} as const;

const what = process.env['XDESIGN_TEST_BREAK'] as keyof typeof broken | undefined;
const [job] = (what ?? '').split(' ');
serveJobs({ ...jobFunctions, ...(what && { [job!]: broken[what] }) });
