import { beforeEach, describe, expect, test } from 'vitest';
import { createPreviewQuestion, type PreviewQuestion } from '#media/shared/preview-question';
import type { PreviewAnswer } from '#protocol/preview';

let asked: { readonly id: number; readonly version: number; readonly image?: number }[];
let question: PreviewQuestion;

beforeEach(() => {
  asked = [];
  question = createPreviewQuestion((each) => asked.push(each));
});

const designs = (image: number): PreviewAnswer => ({ kind: 'designs', image }) as PreviewAnswer;

describe('previews of a panel', () => {
  test('nothing is asked before the text was typed in, nor after it was closed', () => {
    expect(question.of(7)).toBeUndefined();
    question.typed(2);
    question.of(7);
    question.receive(1, designs(7));
    question.typed(undefined);
    expect(question.of(7)).toBeUndefined();
    expect(asked).toEqual([{ id: 1, version: 2, image: 7 }]);
  });

  test('the last answer is shown until the newest is there, but never beside another image', () => {
    question.typed(2);
    question.of(7);
    question.receive(1, designs(7));
    question.typed(3);
    expect(question.of(7)).toEqual(designs(7));
    expect(question.of(8)).toBeUndefined();
    expect(asked).toEqual([{ id: 1, version: 2, image: 7 }, { id: 2, version: 3, image: 7 }, { id: 3, version: 3, image: 8 }]);
    expect(question.receive(2, designs(7))).toBe(false);
    expect(question.receive(3, { kind: 'superseded' })).toBe(false);
    expect(question.receive(3, designs(8))).toBe(true);
    expect(question.of(8)).toEqual(designs(8));
  });

  test('what needed a run is asked again when one has got further', () => {
    question.typed(2);
    question.of(undefined);
    question.receive(1, { kind: 'needs-run', stage: 'learn' });
    question.askAgain();
    question.of(undefined);
    question.receive(2, designs(7));
    question.askAgain();
    question.of(undefined);
    expect(asked).toEqual([{ id: 1, version: 2 }, { id: 2, version: 2 }]);
  });
});
