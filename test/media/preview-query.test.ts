import { beforeEach, describe, expect, test } from 'vitest';
import { createPreviewQuery, type PreviewQuery } from '#media/shared/queries';
import type { PreviewResponse } from '#protocol/preview';

let requested: { readonly id: number; readonly version: number; readonly image?: number }[];
let query: PreviewQuery;

beforeEach(() => {
  requested = [];
  query = createPreviewQuery((each) => requested.push(each));
});

const designs = (image: number): PreviewResponse => ({ kind: 'designs', image }) as PreviewResponse;

describe('previews of a panel', () => {
  test('nothing is asked before the text was typed in, nor after it was closed', () => {
    expect(query.of(7)).toBeUndefined();
    query.typed(2);
    query.of(7);
    query.receive(1, designs(7));
    query.typed(undefined);
    expect(query.of(7)).toBeUndefined();
    expect(requested).toEqual([{ id: 1, version: 2, image: 7 }]);
  });

  test('the last response is shown until the newest is there, but never beside another image', () => {
    query.typed(2);
    query.of(7);
    query.receive(1, designs(7));
    query.typed(3);
    expect(query.of(7)).toEqual(designs(7));
    expect(query.of(8)).toBeUndefined();
    expect(requested).toEqual([{ id: 1, version: 2, image: 7 }, { id: 2, version: 3, image: 7 }, { id: 3, version: 3, image: 8 }]);
    expect(query.receive(2, designs(7))).toBe(false);
    expect(query.receive(3, { kind: 'superseded' })).toBe(false);
    expect(query.receive(3, designs(8))).toBe(true);
    expect(query.of(8)).toEqual(designs(8));
  });

  test('what needed a run is asked again when one has got further', () => {
    query.typed(2);
    query.of(undefined);
    query.receive(1, { kind: 'needs-run', stage: 'learn' });
    query.requestAgain();
    query.of(undefined);
    query.receive(2, designs(7));
    query.requestAgain();
    query.of(undefined);
    expect(requested).toEqual([{ id: 1, version: 2 }, { id: 2, version: 2 }]);
  });
});
