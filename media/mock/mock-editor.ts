/*
 * An editor for panels in a plain browser: it answers from recorded views of a real run (record-views.mjs), in the
 * situation that the page's address names. What a panel posts lies in `window.posted` for whoever looks.
 */
import type { FromPanelMessage, PanelState, ToPanelMessage } from '#protocol/panel-messages';
import type { ViewAnswer, ViewQuery } from '#protocol/views';
import type { DatabaseView } from '#protocol/views/scatter-view';
import { enlarge, pageOf } from './enlarge';
import type { RecordedView } from './recorded-view';
import { situations, type SituationName } from './situations';
import recorded from './recorded/views.json';

interface MockWindow {
  posted: FromPanelMessage[];
  /** As the editor would. */
  tellPanel(message: ToPanelMessage): void;
  acquireVsCodeApi(): object;
}

const address = new URL(location.href);
const situation = situations[(address.searchParams.get('situation') ?? 'finished') as SituationName];
const views = enlarge(recorded as unknown as readonly RecordedView[], {
  points: Number(address.searchParams.get('points') ?? 0),
  designs: Number(address.searchParams.get('designs') ?? 0),
});
const keptAt = `panel ${address.pathname}`;
const mock = window as unknown as MockWindow;

const initial: PanelState = { target: { uri: 'file:///example/stiffness.xdesign', case: 'Stiffness' } };

mock.posted = [];
mock.tellPanel = (message) => window.postMessage(message, '*');
mock.acquireVsCodeApi = () => ({
  postMessage(message: FromPanelMessage) {
    mock.posted.push(message);
    // An editor answers in a later turn.
    setTimeout(() => hear(message));
  },
  getState: () => JSON.parse(sessionStorage.getItem(keptAt) ?? 'null') as unknown,
  setState: (state: unknown) => sessionStorage.setItem(keptAt, JSON.stringify(state)),
});

function hear(message: FromPanelMessage): void {
  if (message.type === 'ready') {
    const kept = JSON.parse(sessionStorage.getItem(keptAt) ?? 'null') as PanelState | null;
    mock.tellPanel({ type: 'show', state: kept ?? initial });
    situation.messages.forEach(mock.tellPanel);
  } else if (message.type === 'ask') {
    const answer = situation.answer ?? answerTo(message.question);
    mock.tellPanel('unanswered' in answer ? { type: 'unanswered', id: message.id, message: answer.unanswered } : { type: 'answer', id: message.id, answer: { ...answer, ...situation.mark } });
  }
}

function answerTo(question: ViewQuery): ViewAnswer {
  const wanted = nameOf(question);
  const found = views.find((each) => nameOf(each.question) === wanted);
  if (found) return found.answer;
  if (question.view === 'database') return databasePage(question.query.indices);
  return { kind: 'refused', findings: [{ code: 'not-recorded', severity: 'information', message: `This is not among the recorded views: ${wanted}.` }] };
}

/** Two questions with the same answer have the same name. */
function nameOf({ view, query }: ViewQuery): string {
  if (view !== 'heatMap') return `${view} ${JSON.stringify(query)}`;
  const { image, layer = 'last', method = 'grad-ram' } = query;
  return `${view} ${image} ${layer} ${method}`;
}

/** Pictures of any images: the recorded ones in turn. */
function databasePage(indices: readonly number[]): ViewAnswer {
  const { answer } = views.find(({ question }) => question.view === 'database')!;
  return answer.kind === 'view' ? { ...answer, content: pageOf(answer.content as DatabaseView, indices) } : answer;
}
