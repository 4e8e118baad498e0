import { beforeEach, describe, expect, test } from 'vitest';
import { createQueryCache, type QueryCache } from '#media/shared/queries';
import type { ViewResponse, ViewQuery } from '#protocol/views';

let requested: { readonly id: number; readonly query: ViewQuery }[];
let queries: QueryCache;

beforeEach(() => {
  requested = [];
  queries = createQueryCache((id, query) => requested.push({ id, query }));
});

function drawing<T>(draw: () => T): T {
  queries.begin();
  const drawn = draw();
  queries.end();
  return drawn;
}

const response = (content: unknown): ViewResponse => ({ kind: 'view', revision: 1, content }) as ViewResponse;
const design = (rank: number) => queries.content('design', { arm: 'explained', rank });

describe('queries of a panel', () => {
  test('a view is asked for once, however often it is drawn', () => {
    expect(drawing(() => design(1))).toBeUndefined();
    drawing(() => design(1));
    expect(requested).toEqual([{ id: 1, query: { view: 'design', query: { arm: 'explained', rank: 1 } } }]);
    queries.onReply(1, response('one'));
    expect(drawing(() => design(1))).toBe('one');
    expect(queries.replies()).toEqual([response('one')]);
  });

  test('until the response comes the last content of the same view can be shown', () => {
    drawing(() => design(1));
    queries.onReply(1, response('one'));
    expect(drawing(() => queries.latest('design', { arm: 'explained', rank: 2 }))).toBe('one');
    queries.onReply(2, response('two'));
    expect(drawing(() => queries.latest('design', { arm: 'explained', rank: 2 }))).toBe('two');
    expect(drawing(() => design(2))).toBe('two');
  });

  test('asking again keeps what is shown and forgets what is not', () => {
    drawing(() => [design(1), design(2)]);
    queries.onReply(1, response('one'));
    queries.onReply(2, response('two'));
    drawing(() => design(1));
    queries.requestAgain();
    expect(requested.slice(2).map(({ query }) => query.query)).toEqual([{ arm: 'explained', rank: 1 }]);
    expect(drawing(() => design(1))).toBe('one');
    queries.onReply(3, response('one, anew'));
    expect(drawing(() => design(1))).toBe('one, anew');
    expect(drawing(() => design(2))).toBeUndefined();
  });

  test('what changes while a query is under way is asked again', () => {
    drawing(() => design(1));
    queries.requestAgain();
    expect(requested).toHaveLength(1);
    queries.onReply(1, response('old'));
    expect(requested).toHaveLength(2);
    queries.onReply(2, response('new'));
    expect(drawing(() => design(1))).toBe('new');
  });

  test('something else can be sent in the place of a query: what was asked before is not waited for', () => {
    drawing(() => design(1));
    const sent: number[] = [];
    expect(queries.send('design', { arm: 'explained', rank: 1 }, (id) => sent.push(id))).toBe(2);
    queries.onReply(1, response('before'));
    expect(drawing(() => design(1))).toBeUndefined();
    queries.requestAgain();
    expect([1, 2].map(queries.awaits)).toEqual([false, true]);
    queries.onReply(sent[0]!, response('after'));
    expect(queries.awaits(2)).toBe(false);
    expect(drawing(() => design(1))).toBe('after');
    expect(requested.map(({ id }) => id)).toEqual([1, 3]);
  });

  test('a refusal takes the content away, a server that is gone does not', () => {
    drawing(() => design(1));
    queries.onReply(1, response('one'));
    queries.requestAgain();
    queries.onReply(2, { kind: 'failed', message: 'gone' });
    expect(drawing(() => design(1))).toBe('one');
    queries.requestAgain();
    queries.onReply(3, { kind: 'refused', findings: [] });
    expect(drawing(() => design(1))).toBeUndefined();
  });

  test('a response to an evicted query changes nothing', () => {
    drawing(() => design(1));
    queries.clear();
    queries.onReply(1, response('of another run'));
    expect(drawing(() => design(1))).toBeUndefined();
    expect(requested).toHaveLength(2);
  });
});
