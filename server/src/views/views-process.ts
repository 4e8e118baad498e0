/*
 * The process of views as the server sees it: it reads stores and computes what panels show, so that the
 * server's own thread does neither. It is started by the first question and again after a fall.
 */
import { fork, type ChildProcess } from 'node:child_process';
import type { Answer, AskedQuestion, GivenAnswer, Question, QuestionName } from './views-messages';

export interface ViewsProcess {
  /** Rejects when the process falls, or says that it has a fault. */
  ask<N extends QuestionName>(name: N, question: Question<N>): Promise<Answer<N>>;
  /** Ends the process; the next question starts another. */
  close(): void;
}

interface Asked {
  resolve(answer: Answer<QuestionName>): void;
  reject(error: Error): void;
}

/** Asks the bundle `program` (dist/views.mjs). */
export function createViewsProcess(program: string): ViewsProcess {
  let child: ChildProcess | undefined;
  let last = 0;
  const asked = new Map<number, Asked>();

  const start = (): ChildProcess => {
    const started = fork(program, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: ['--enable-source-maps'] });
    let errors = '';
    started.stderr!.on('data', (text) => (errors = (errors + String(text)).slice(-2000)));
    started.on('message', (message: GivenAnswer) => {
      const question = asked.get(message.id);
      asked.delete(message.id);
      if ('fault' in message) question?.reject(new Error(message.fault));
      else question?.resolve(message.answer);
    });
    const lose = (reason: string): void => {
      if (child !== started) return;
      child = undefined;
      const lost = [...asked.values()];
      asked.clear();
      for (const { reject } of lost) reject(new Error(`The process of views has ended: ${reason}`));
    };
    started.on('error', (error) => lose(error.message));
    started.on('close', (code, signal) => lose(`${signal ?? `status ${code}`} ${errors}`.trim()));
    return started;
  };

  return {
    ask: <N extends QuestionName>(name: N, question: Question<N>) =>
      new Promise<Answer<N>>((resolve, reject) => {
        child ??= start();
        const id = ++last;
        asked.set(id, { resolve: resolve as Asked['resolve'], reject });
        child.send({ id, name, question } satisfies AskedQuestion<N>, (error) => {
          if (error && asked.delete(id)) reject(error);
        });
      }),
    close() {
      child?.disconnect();
    },
  };
}
