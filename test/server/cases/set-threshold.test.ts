/* A threshold that a panel moves, over the wire: the server edits the text of a client that applies edits as an editor does. */
import { describe, expect, test } from 'vitest';
import { TextDocument } from 'langium';
import { requests } from '#protocol/methods';
import type { SetThresholdResponse } from '#protocol/views';
import { smallCase } from '#test/e2e/workplace';
import { openWire } from '#test/server/runs/wire';

describe('a threshold that a panel moves', () => {
  interface Edit {
    readonly edit: { readonly documentChanges: readonly { readonly textDocument: { readonly version: number | null }; readonly edits: Parameters<typeof TextDocument.applyEdits>[1] }[] };
  }

  /** A client that has the text open and applies edits to it as VS Code does, which tells of the change after its response; `before` may do something else first. */
  async function openEditor(before: (type: (text: string) => Promise<void>) => Promise<boolean> = () => Promise.resolve(true)) {
    const wire = await openWire((name) => Promise.resolve(name === 'view' ? { kind: 'waiting', stage: 'learn' } : []));
    const { client, uri } = wire;
    let document = TextDocument.create(uri, 'xdesign', 1, smallCase({ thresholds: '0.40, 0.60' }));
    const type = (text: string): Promise<void> => {
      document = TextDocument.create(uri, 'xdesign', document.version + 1, text);
      return client.sendNotification('textDocument/didChange', { textDocument: { uri, version: document.version }, contentChanges: [{ text }] });
    };
    await type(document.getText());
    const edits: Edit[] = [];
    client.onRequest('workspace/applyEdit', async (params: Edit) => {
      edits.push(params);
      const isWilling = await before(type);
      const [change] = params.edit.documentChanges;
      if (!isWilling || change!.textDocument.version !== document.version) return { applied: false };
      const edited = TextDocument.applyEdits(document, change!.edits);
      setTimeout(() => void type(edited), 50);
      return { applied: true };
    });
    const set = (from: number, to: number) => client.sendRequest<SetThresholdResponse>(requests.setThreshold.method, { uri, case: 'Stiffness', from, to, query: { image: 3 } });
    const thresholds = (): string | undefined => /threshold ([^}]*?)  /.exec(document.getText())?.[1];
    const wanted = (): unknown => (wire.requested.filter(({ name }) => name === 'view').at(-1)?.request as { readonly wanted: unknown }).wanted;
    return { ...wire, edits, set, type, thresholds, wanted };
  }

  test('is written into the text by one edit, and the response is the view of that text', async () => {
    const { edits, set, thresholds, wanted } = await openEditor();
    expect(await set(0.4, 0.7)).toEqual({ findings: [], shown: { kind: 'waiting', stage: 'learn' } });
    expect(edits).toHaveLength(1);
    expect(thresholds()).toBe('0.60, 0.70');
    expect(wanted()).toEqual({ view: 'heatMap', query: { image: 3, thresholds: [0.6, 0.7] } });
  });

  test('moves on from where it is, when it is moved again before the response', async () => {
    const { set, thresholds } = await openEditor();
    const answers = await Promise.all([set(0.4, 0.41), set(0.41, 0.42), set(0.42, 0.43)]);
    expect(answers.flatMap(({ findings }) => findings)).toEqual([]);
    expect(thresholds()).toBe('0.43, 0.60');
  });

  test('is written into what somebody types meanwhile', async () => {
    let typed = false;
    const { edits, set, thresholds } = await openEditor(async (type) => {
      if (!typed) await type(`// Typed meanwhile.\n${smallCase({ thresholds: '0.40, 0.60' })}`);
      typed = true;
      return true;
    });
    expect((await set(0.4, 0.5)).findings).toEqual([]);
    expect(edits).toHaveLength(2);
    expect(thresholds()).toBe('0.50, 0.60');
  });

  test('that the text does not have, or that the editor does not write, is told with the thresholds of the text', async () => {
    const { set, type, wanted } = await openEditor(() => Promise.resolve(false));
    const code = 'threshold-not-written';
    expect(await set(0.4, 0.5)).toMatchObject({ findings: [{ code, message: expect.stringContaining('did not apply') }], shown: { kind: 'waiting' } });
    await type(smallCase({ thresholds: '0.3' }));
    expect(await set(0.4, 0.5)).toMatchObject({ findings: [{ code, message: expect.stringContaining('no threshold 40 %') }], shown: { kind: 'waiting' } });
    expect(wanted()).toEqual({ view: 'heatMap', query: { image: 3, thresholds: [0.3] } });
  });
});
