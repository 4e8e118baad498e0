/* The stages of a case in words, and how far a run has come. */
import type { RunProgress } from '#domain/run-state';
import type { StageName } from '#domain/stages';
import { roughDurationText } from './durations';

/** How a stage is called: as a title, while it runs, and in a clause after its name. */
interface StageTerms {
  readonly title: string;
  readonly doing: string;
  readonly purpose: string;
}

export const stageTerms: Readonly<Record<StageName, StageTerms>> = {
  generate: { title: 'Generate images', doing: 'Generating images', purpose: 'which generates the images, or takes those of files' },
  solve: { title: 'Test images', doing: 'Testing images', purpose: 'which tests every image' },
  select: { title: 'Select images', doing: 'Selecting images', purpose: 'which picks the images to explain' },
  learn: { title: 'Train the network', doing: 'Training the network', purpose: 'which trains the network' },
  explain: { title: 'Explain', doing: 'Explaining images', purpose: 'which finds critical regions' },
  examine: { title: 'Examine the explanation', doing: 'Examining maps', purpose: 'which measures whether the maps can be trusted' },
  propose: { title: 'Propose candidates', doing: 'Proposing candidates', purpose: 'which chooses what cells are made of' },
  construct: { title: 'Construct cells', doing: 'Constructing cells', purpose: 'which makes the cells' },
  validate: { title: 'Test designs', doing: 'Testing designs', purpose: 'which tests every design' },
};

/** Before the first stage, a run reads the files of its databases. */
export const readingTerms = { title: 'Read images', doing: 'Reading images' } as const;

/** A stage, and the arm that it serves if there is one: `Construct cells (control)`. */
export function stageTitle({ stage, arm }: { readonly stage: StageName; readonly arm?: string | undefined }): string {
  return arm === undefined ? stageTerms[stage].title : `${stageTerms[stage].title} (${arm})`;
}

/** `Training the network: 120 of 400, about 1 min left · epoch 3, loss 0.0038`; before the first stage `Reading images: 120 of 300`, or `Starting`. */
export function progressText({ stage, arm, done, total, secondsLeft, note }: RunProgress): string {
  const what = stage ? `${stageTerms[stage].doing}${arm === undefined ? '' : ` (${arm})`}` : total > 0 ? readingTerms.doing : 'Starting';
  const count = total > 0 ? `: ${done} of ${total}` : '';
  const left = secondsLeft === undefined ? '' : `, about ${roughDurationText(secondsLeft)} left`;
  return `${what}${count}${left}${note ? ` · ${note}` : ''}`;
}
