/*
 * An editor for panels in a plain browser: it responds from recorded views of a real run (record-views.mjs), in the
 * situation that the page's address names. What a panel posts lies in `window.posted` for whoever looks.
 */
import type { FromPanelMessage, PanelState, ToPanelMessage } from '#protocol/panel-messages';
import type { ViewResponse, ViewQuery } from '#protocol/views';
import type { HeatMapQuery, HeatMapView, MapRegion } from '#protocol/views/network-views';
import type { DatabaseView } from '#protocol/views/database-views';
import type { OptimizationView } from '#protocol/views/optimization-views';
import { enlarge, pageOf } from './enlarge';
import { firstImages } from './file-images';
import type { RecordedView } from './recorded-view';
import { situations, type SituationName } from './situations';
import { optimizationsUnderway } from './underway';
import recorded from './recorded/views.json';
import redrawn from './recorded/redrawn.json';

interface MockWindow {
  posted: FromPanelMessage[];
  /** As the editor would. */
  tellPanel(message: ToPanelMessage): void;
  /** Gives the text other thresholds, as a user who types. */
  typeThresholds(thresholds: readonly number[]): void;
  acquireVsCodeApi(): object;
}

const address = new URL(location.href);
const situation = situations[(address.searchParams.get('situation') ?? 'finished') as SituationName];
const views = enlarge((address.searchParams.has('graph') ? redrawn : recorded) as unknown as readonly RecordedView[], {
  points: Number(address.searchParams.get('points') ?? 0),
  designs: Number(address.searchParams.get('designs') ?? 0),
  arms: Number(address.searchParams.get('arms') ?? 0),
});
const keptAt = `panel ${address.pathname}`;
const mock = window as unknown as MockWindow;

/** Of the text, once they are others than the recorded run's. */
let thresholds: readonly number[] | undefined;

const initial: PanelState = { target: { uri: 'file:///example/stiffness.xdesign', case: 'Stiffness' } };

/** Cuts of optimizations under way: so far, and more at each query. */
let cuts = 60;
const cutsPerQuery = 5;

/** Milliseconds. */
const editTime = 250;

mock.posted = [];
mock.tellPanel = (message) => window.postMessage(message, '*');
mock.typeThresholds = (typed) => {
  thresholds = typed;
  mock.tellPanel({ type: 'stale' });
};
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
  } else if (message.type === 'setThreshold') {
    const { id, query, from, to } = message;
    const before = thresholds ?? heatMapOf(query).regions.flatMap(({ threshold }) => threshold ?? []);
    thresholds = before.map((each) => (each === from ? to : each)).toSorted((a, b) => a - b);
    const response = responseTo({ view: 'heatMap', query });
    // The text is edited and read again before.
    setTimeout(() => mock.tellPanel({ type: 'response', id, response }), editTime);
  } else if (message.type === 'query') {
    const response = situation.files && message.query.view === 'fileImages' ? filesResponse(message.query.query.count) : (situation.response ?? responseTo(message.query));
    mock.tellPanel('failed' in response ? { type: 'failed', id: message.id, message: response.failed } : { type: 'response', id: message.id, response: { ...response, ...situation.mark } });
  }
}

function filesResponse(count: number): ViewResponse {
  const { response } = views.find(({ query }) => query.view === 'database')!;
  return response.kind === 'view' ? { ...response, content: { preview: firstImages(response.content as DatabaseView, count) } } : response;
}

function responseTo(query: ViewQuery): ViewResponse {
  const wanted = nameOf(query);
  const found = views.find((each) => nameOf(each.query) === wanted);
  if (found?.response.kind === 'view' && query.view === 'optimization' && situation.optimizes) {
    return { ...found.response, content: optimizationsUnderway(found.response.content as OptimizationView, (cuts += cutsPerQuery)) };
  }
  if (found?.response.kind === 'view' && query.view === 'heatMap') return { ...found.response, content: heatMapOf(query.query) };
  if (found) return found.response;
  if (query.view === 'database') return databasePage(query.query.indices);
  return { kind: 'refused', findings: [{ code: 'not-recorded', severity: 'information', message: `This is not among the recorded views: ${wanted}.` }] };
}

/** A recorded heat map with the thresholds of the text; regions at new ones are those of the nearest. */
function heatMapOf(query: HeatMapQuery): HeatMapView {
  const { response } = views.find((each) => nameOf(each.query) === nameOf({ view: 'heatMap', query }))!;
  const recordedView = (response as Extract<ViewResponse<'heatMap'>, { readonly kind: 'view' }>).content;
  const farFrom = (threshold: number, region: MapRegion): number => Math.abs(region.threshold! - threshold);
  const nearest = (threshold: number): MapRegion => recordedView.regions.reduce((best, each) => (farFrom(threshold, each) < farFrom(threshold, best) ? each : best));
  return { ...recordedView, regions: thresholds?.map((threshold) => ({ ...nearest(threshold), threshold })) ?? recordedView.regions };
}

/** Two queries with the same response have the same name. */
function nameOf({ view, query }: ViewQuery): string {
  if (view !== 'heatMap') return `${view} ${JSON.stringify(query)}`;
  const { image, layer = 'last', method = 'grad-ram' } = query;
  return `${view} ${image} ${layer} ${method}`;
}

/** Pictures of any images: the recorded ones in turn. */
function databasePage(indices: readonly number[]): ViewResponse {
  const { response } = views.find(({ query }) => query.view === 'database')!;
  return response.kind === 'view' ? { ...response, content: pageOf(response.content as DatabaseView, indices) } : response;
}
