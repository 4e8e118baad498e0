/*
 * A client of the Language Server Protocol 3.17 written against its text alone: frames with
 * `Content-Length`, JSON-RPC 2.0, nothing of an editor's libraries.
 * https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: Json;
  readonly result?: Json;
  readonly error?: { readonly code: number; readonly message: string };
}

export interface PlainClient {
  readonly processId: number;
  /** Resolves with the result; rejects with the server's error, or when the server ends. */
  request(method: string, params: object): Promise<Json>;
  notify(method: string, params: object): void;
  /** The next notification of the method that `fits`; earlier ones that were not yet returned count too. */
  notification(method: string, fits?: (params: Json) => boolean): Promise<Json>;
  /** The error output of the server. */
  errors(): string;
  /** Shuts the server down as the protocol requires; resolves with its exit status. */
  close(): Promise<number | null>;
  kill(): void;
}

/** Starts a server over stdio, with this process's Node by default. `answers` are results of requests that it sends. */
export function startPlainClient(program: string, answers: Readonly<Record<string, (params: Json) => Json>> = {}, node = process.execPath): PlainClient {
  const child = spawn(node, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = once(child, 'close') as Promise<[number | null]>;
  let errors = '';
  child.stderr.on('data', (text) => (errors += String(text)));

  // A server that ended during a request accepts no response; `ended` reports its end.
  child.stdin.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

  let received = Buffer.alloc(0);
  const requests = new Map<number, { resolve(result: Json): void; reject(error: Error): void }>();
  const unread: Message[] = [];
  const waiting: { fits(message: Message): boolean; resolve(params: Json): void }[] = [];
  let last = 0;

  const send = (message: object): void => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }), 'utf8');
    child.stdin.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`, 'ascii'), body]));
  };

  const take = (message: Message): void => {
    if (message.method === undefined) {
      const request = requests.get(message.id as number);
      requests.delete(message.id as number);
      if (message.error === undefined) request?.resolve(message.result);
      else request?.reject(new Error(`${message.error.code} ${message.error.message}`));
    } else if (message.id !== undefined) {
      const answer = answers[message.method];
      if (answer === undefined) send({ id: message.id, error: { code: -32601, message: `${message.method} is not supported` } });
      else send({ id: message.id, result: answer(message.params) ?? null });
    } else {
      const index = waiting.findIndex(({ fits }) => fits(message));
      if (index < 0) unread.push(message);
      else waiting.splice(index, 1)[0]!.resolve(message.params);
    }
  };

  child.stdout.on('data', (bytes: Buffer) => {
    received = Buffer.concat([received, bytes]);
    for (;;) {
      const end = received.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(received.toString('ascii', 0, end))![1]);
      if (received.length < end + 4 + length) return;
      const body = received.toString('utf8', end + 4, end + 4 + length);
      received = received.subarray(end + 4 + length);
      take(JSON.parse(body) as Message);
    }
  });
  void ended.then(([code]) => {
    for (const { reject } of requests.values()) reject(new Error(`the server ended with status ${code}: ${errors}`));
  });

  const request = (method: string, params: object): Promise<Json> =>
    new Promise((resolve, reject) => {
      requests.set(++last, { resolve, reject });
      send({ id: last, method, params });
    });
  const notify = (method: string, params: object): void => send({ method, params });
  return {
    processId: child.pid!,
    request,
    notify,
    notification(method, fits = () => true) {
      const wanted = (message: Message): boolean => message.method === method && fits(message.params);
      const index = unread.findIndex(wanted);
      if (index >= 0) return Promise.resolve(unread.splice(index, 1)[0]!.params);
      return new Promise((resolve) => waiting.push({ fits: wanted, resolve }));
    },
    errors: () => errors,
    async close() {
      await request('shutdown', {});
      notify('exit', {});
      return (await ended)[0];
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
