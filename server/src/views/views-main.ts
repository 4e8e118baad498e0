/* The process of views (dist/views.mjs): answers the server's questions from stores, and computes what they lack. */
import { bundlePaths, keepNumbersApart } from '#runner/machine';
import { coreCount, createThreadExecutor } from '#runner/jobs/thread-executor';
import { StorageError } from '#runner/run-folder/storage-error';
import { answerView } from './answer-view';
import { lastResults } from './last-results';
import { createOpenFolders, type OpenFolder } from './open-folders';
import { createPreviews } from './previews';
import { listRuns } from './run-list';
import { simulateImage } from './simulate-image';
import type { Answer, AskedQuestion, GivenAnswer, Question, QuestionName } from './views-messages';

keepNumbersApart();

/** More threads than a preview has cells for are of no use. */
const mostThreads = 4;

const send = (message: GivenAnswer): void => {
  if (process.connected) process.send!(message, undefined, {}, () => {});
};
const folders = createOpenFolders();
const executor = createThreadExecutor({ workers: Math.min(coreCount(), mostThreads), ...bundlePaths });
const preview = createPreviews(executor);

/** For what is shown by the way: a store that cannot be opened is as good as none. */
const openIfPossible = (folder: string): OpenFolder | undefined => {
  try {
    return folders.open(folder);
  } catch (error) {
    if (error instanceof StorageError) return undefined;
    throw error;
  }
};

const answers: { readonly [N in QuestionName]: (question: Question<N>) => Answer<N> | Promise<Answer<N>> } = {
  runs: listRuns,
  view: (question) => answerView(folders.open(question.folder), question, executor),
  lastResults: (question) => lastResults(openIfPossible(question.folder), question),
  preview: (question) => preview(folders.open(question.folder), question),
  simulate: simulateImage,
};

process.on('message', async ({ id, name, question }: AskedQuestion) => {
  try {
    send({ id, answer: await answers[name](question as never) });
  } catch (error) {
    // A store that another program holds, or a disk that fails, is nothing that a panel cannot say.
    if (error instanceof StorageError && (name === 'view' || name === 'preview')) {
      send({ id, answer: { kind: 'refused', findings: [error.finding] } });
      return;
    }
    send({ id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
// The server is gone, and nobody else asks.
process.on('disconnect', () => process.exit());
