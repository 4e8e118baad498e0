import { beforeEach, describe, expect, test } from 'vitest';
import { createQuestions, type Questions } from '#media/shared/questions';
import type { ViewAnswer, ViewQuery } from '#protocol/views';

let asked: { readonly id: number; readonly question: ViewQuery }[];
let questions: Questions;

beforeEach(() => {
  asked = [];
  questions = createQuestions((id, question) => asked.push({ id, question }));
});

function drawing<T>(draw: () => T): T {
  questions.begin();
  const drawn = draw();
  questions.end();
  return drawn;
}

const answer = (content: unknown): ViewAnswer => ({ kind: 'view', revision: 1, content }) as ViewAnswer;
const design = (rank: number) => questions.content('design', { arm: 'explained', rank });

describe('questions of a panel', () => {
  test('a view is asked for once, however often it is drawn', () => {
    expect(drawing(() => design(1))).toBeUndefined();
    drawing(() => design(1));
    expect(asked).toEqual([{ id: 1, question: { view: 'design', query: { arm: 'explained', rank: 1 } } }]);
    questions.hear(1, answer('one'));
    expect(drawing(() => design(1))).toBe('one');
    expect(questions.replies()).toEqual([answer('one')]);
  });

  test('until the answer comes the last content of the same view can be shown', () => {
    drawing(() => design(1));
    questions.hear(1, answer('one'));
    expect(drawing(() => questions.latest('design', { arm: 'explained', rank: 2 }))).toBe('one');
    questions.hear(2, answer('two'));
    expect(drawing(() => questions.latest('design', { arm: 'explained', rank: 2 }))).toBe('two');
    expect(drawing(() => design(2))).toBe('two');
  });

  test('asking again keeps what is shown and forgets what is not', () => {
    drawing(() => [design(1), design(2)]);
    questions.hear(1, answer('one'));
    questions.hear(2, answer('two'));
    drawing(() => design(1));
    questions.askAgain();
    expect(asked.slice(2).map(({ question }) => question.query)).toEqual([{ arm: 'explained', rank: 1 }]);
    expect(drawing(() => design(1))).toBe('one');
    questions.hear(3, answer('one, anew'));
    expect(drawing(() => design(1))).toBe('one, anew');
    expect(drawing(() => design(2))).toBeUndefined();
  });

  test('what changes while a question is under way is asked again', () => {
    drawing(() => design(1));
    questions.askAgain();
    expect(asked).toHaveLength(1);
    questions.hear(1, answer('old'));
    expect(asked).toHaveLength(2);
    questions.hear(2, answer('new'));
    expect(drawing(() => design(1))).toBe('new');
  });

  test('something else can be sent in the place of a question: what was asked before is not waited for', () => {
    drawing(() => design(1));
    const sent: number[] = [];
    expect(questions.send('design', { arm: 'explained', rank: 1 }, (id) => sent.push(id))).toBe(2);
    questions.hear(1, answer('before'));
    expect(drawing(() => design(1))).toBeUndefined();
    questions.askAgain();
    expect([1, 2].map(questions.awaits)).toEqual([false, true]);
    questions.hear(sent[0]!, answer('after'));
    expect(questions.awaits(2)).toBe(false);
    expect(drawing(() => design(1))).toBe('after');
    expect(asked.map(({ id }) => id)).toEqual([1, 3]);
  });

  test('a refusal takes the content away, a server that is gone does not', () => {
    drawing(() => design(1));
    questions.hear(1, answer('one'));
    questions.askAgain();
    questions.hear(2, { kind: 'unanswered', message: 'gone' });
    expect(drawing(() => design(1))).toBe('one');
    questions.askAgain();
    questions.hear(3, { kind: 'refused', findings: [] });
    expect(drawing(() => design(1))).toBeUndefined();
  });

  test('an answer to a forgotten question changes nothing', () => {
    drawing(() => design(1));
    questions.forget();
    questions.hear(1, answer('of another run'));
    expect(drawing(() => design(1))).toBeUndefined();
    expect(asked).toHaveLength(2);
  });
});
