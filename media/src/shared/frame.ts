/* The frame around every panel: what is running, stale or refused, in words. */
import { html, nothing, type TemplateResult } from 'lit';
import { findingText, type Finding } from '#domain/finding';
import type { RunState } from '#domain/run-state';
import { placeText, type StageName, type StagePlace } from '#domain/stages';
import type { RunChanged } from '#protocol/runs';
import type { Panel } from './panel';
import { staleFromOf, type Reply } from './queries';
import { progressText, stageTerms } from '#display/stages';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';

/** The drawing with its notices; without a drawing the reason why there is none. */
export function frame({ title, stage }: { readonly title: string; readonly stage: StageName }, panel: Pick<Panel, 'replies' | 'run'>, content: TemplateResult | undefined): TemplateResult {
  const replies = panel.replies();
  return html`<main aria-label=${title} aria-busy=${content === undefined && replies.some(({ kind }) => kind === 'requested')}>
    ${progressOf(panel.run)}
    ${content === undefined ? placeholder(title, reason(stage, replies, panel.run)) : [notices(replies), content]}
  </main>`;
}

function progressOf(run: RunChanged | undefined): TemplateResult | typeof nothing {
  if (run?.state.kind !== 'running') return nothing;
  const { done, total } = run.state;
  const known = total > 0;
  return html`<section class="progress" aria-label="Progress of the run">
    <vscode-progress-bar ?indeterminate=${!known} .value=${known ? (100 * done) / total : 0} aria-label="Progress of the stage"></vscode-progress-bar>
    <p role="status">${progressText(run.state)}</p>
  </section>`;
}

/** Above a panel: what must not be overlooked. */
function notices(replies: readonly Reply[]): TemplateResult[] {
  const views = replies.filter((reply) => reply.kind === 'view');
  const staleFrom = staleFromOf(replies);
  const said: TemplateResult[] = [];
  const underway = views.some((view) => view.underway);
  const gone = views.find((view) => view.gone !== undefined)?.gone;
  if (gone) said.push(notice('stale', `${gone === 'file' ? 'The file of this case was deleted or moved away.' : 'This case is no longer in its file.'} These are results of its last run.`));
  else if (views.some(({ broken }) => broken)) said.push(notice('stale', 'The file, or one that it imports, has errors. These are results of its last run.'));
  else if (underway) said.push(notice('stale', 'These are results of an earlier run. A run of the file as it is now is in progress and will replace them.'));
  else if (staleFrom) said.push(notice('stale', `The file has changed since: a new run would restart at “${placeText(staleFrom)}”, ${stageTerms[staleFrom.stage].purpose}.`));
  // Several views of one case have the same findings.
  const found = new Map(views.flatMap(({ findings = [] }) => findings.map((finding) => [finding.message, finding])));
  said.push(...[...found.values()].map(findingNotice));
  for (const reply of replies) {
    if (reply.kind === 'refused') said.push(...reply.findings.map(findingNotice));
    if (reply.kind === 'failed') said.push(notice('failed', reply.message));
  }
  return said;
}

function notice(tone: 'stale' | 'failed', text: string): TemplateResult {
  return html`<p class="notice ${tone}" role="status">${text}</p>`;
}

function findingNotice(finding: Finding): TemplateResult {
  return notice(finding.severity === 'error' ? 'failed' : 'stale', findingText(finding));
}

/** In the place of an empty panel. */
function placeholder(title: string, { heading, lines, tone }: Reason): TemplateResult {
  return html`<section class="placeholder ${tone}" role=${tone === 'failed' ? 'alert' : 'status'}>
    <h1>${title}</h1>
    <p class="heading">${heading}</p>
    ${lines.map((line) => html`<p>${line}</p>`)}
  </section>`;
}

interface Reason {
  readonly tone: 'failed' | 'waiting';
  readonly heading: string;
  readonly lines: readonly string[];
}

function reason(stage: StageName, replies: readonly Reply[], run: RunChanged | undefined): Reason {
  const refused = replies.flatMap((reply) => (reply.kind === 'refused' ? reply.findings : []));
  if (refused.length > 0) return { tone: 'failed', heading: 'This cannot be shown.', lines: refused.flatMap(findingLines) };
  const failed = replies.find((reply) => reply.kind === 'failed');
  if (failed) return { tone: 'failed', heading: 'The language server does not respond.', lines: [failed.message, 'The request is sent again when the server is back.'] };
  if (replies.some(({ kind }) => kind === 'requested')) return { tone: 'waiting', heading: 'Loading …', lines: [] };
  const waiting = replies.find((reply) => reply.kind === 'waiting');
  return waitingReason(waiting ?? { stage }, run?.state);
}

function waitingReason(place: StagePlace, state: RunState | undefined): Reason {
  const { purpose } = stageTerms[place.stage];
  const comes = `It appears when the stage “${placeText(place)}” is done, ${purpose}.`;
  switch (state?.kind) {
    case 'running':
      return { tone: 'waiting', heading: 'Not available yet.', lines: [comes] };
    case 'queued':
      return { tone: 'waiting', heading: `The run is queued${state.behind === undefined ? '' : ` and waits for ${state.behind}`}.`, lines: [comes] };
    case 'failed':
      return { tone: 'failed', heading: 'The run failed.', lines: state.findings.flatMap(findingLines) };
    case 'cancelled':
    case 'interrupted':
      return { tone: 'waiting', heading: `The run was ${state.kind}.`, lines: ['Completed work is kept: press Run above the case to resume.', comes] };
    case 'finished':
    case undefined:
      return { tone: 'waiting', heading: 'Nothing to show yet.', lines: ['Press Run above the case.', comes] };
  }
}

function findingLines({ message, remedy }: Finding): string[] {
  return remedy === undefined ? [message] : [message, remedy];
}
