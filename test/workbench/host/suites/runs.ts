import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands, extensions, languages, window, type CodeLens, type Uri } from 'vscode';
import { serverProcess } from '#test/workbench/host/server-process';
import { fileOf, open } from '#test/workbench/host/specification';
import { until } from '#test/workbench/host/until';

interface Record {
  readonly run: string;
  readonly state: string;
  /** Who runs it. */
  readonly process: { readonly processId: number };
  readonly specification: { readonly case: { readonly name: string } };
  readonly stages: readonly { readonly stage: string; readonly state: string; readonly reused?: string }[];
  readonly results?: string;
}

/** The records of a case's runs, as the run folder has them. */
function records(caseName: string): readonly Record[] {
  const folder = fileOf('.xdesign/runs').fsPath;
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record).filter(({ specification }) => specification.case.name === caseName);
}

const inState = (caseName: string, state: string): Record | undefined => records(caseName).find((record) => record.state === state);

const run = (uri: Uri, caseName: string): Thenable<unknown> => commands.executeCommand('xdesign.run', uri.toString(), caseName);
const cancel = (uri: Uri, caseName: string): Thenable<unknown> => commands.executeCommand('xdesign.cancelRun', uri.toString(), caseName);

/** Whether a lens of the file shows such a state. */
async function stateLens(uri: Uri, state: RegExp): Promise<boolean> {
  const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri, 50);
  return lenses.some(({ command }) => state.test(command?.title ?? ''));
}

export function runsSuite(): void {
  describe('runs of the installed extension', () => {
    before(async () => {
      await extensions.getExtension('xdesign.xdesign')!.activate();
    });

    it('a small case comes to designs, with nothing installed beside the .vsix', async () => {
      const document = await open('case.xdesign');
      await window.showTextDocument(document);
      await run(document.uri, 'Stiffness');
      const finished = await until('finished run', () => inState('Stiffness', 'finished'), 170_000);
      assert.ok(finished.stages.length > 0 && finished.stages.every(({ state }) => state === 'finished'));
      const [header, best] = readFileSync(fileOf('.xdesign/results/Stiffness/designs.csv').fsPath, 'utf8').split('\n');
      assert.match(header!, /^arm,rank,file,/);
      assert.match(best!, /^explained,1,design-001\.png,/);
    });

    it('opens the panel of designs beside the text', async () => {
      const tab = await until('tab of the designs', () => window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => label === 'Stiffness: Designs'));
      assert.ok(tab.group.viewColumn > 1);
    });

    it('a second run takes everything from the store', async () => {
      const { uri } = await open('case.xdesign');
      await until('lens of the finished run', () => stateLens(uri, /^finished/));
      await run(uri, 'Stiffness');
      const second = await until('second run', () => (records('Stiffness').filter(({ state }) => state === 'finished').length === 2 ? records('Stiffness') : undefined));
      assert.ok(second.some(({ stages }) => stages.every(({ reused }) => reused === 'everything')));
    });

    it('opens the report in a page of the editor', async () => {
      const { uri } = await open('case.xdesign');
      await commands.executeCommand('xdesign.openReport', uri.toString(), 'Stiffness');
      await until('tab of the report', () => window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => label === 'Stiffness: Report'));
    });

    it('is cancelled', async () => {
      const { uri } = await open('long.xdesign');
      await run(uri, 'Long');
      await until('running run', () => inState('Long', 'running'));
      await cancel(uri, 'Long');
      assert.equal(records('Long').length, 1);
      assert.equal(records('Long')[0]!.state, 'cancelled');
    });

    it('a server that dies is started again, and goes on with its run', async () => {
      const { uri } = await open('long.xdesign');
      await run(uri, 'Long');
      const running = await until('running run', () => inState('Long', 'running'));
      const before = await until('server', () => serverProcess(process.pid));
      process.kill(before, 'SIGKILL');
      const after = await until('another server', () => {
        const now = serverProcess(process.pid);
        return now !== before && now;
      });
      assert.notEqual(after, before);
      // It answers again, and the run that died with it goes on under its name.
      await until('diagnostics of the new server', async () => {
        await open('broken.xdesign');
        return languages.getDiagnostics(fileOf('broken.xdesign')).length > 0;
      });
      // A run that was killed leaves a record that says it runs; another process has it now.
      await until('run that goes on', () => records('Long').some((record) => record.run === running.run && record.state === 'running' && record.process.processId !== running.process.processId));
      await cancel(uri, 'Long');
      await until('cancelled run', () => records('Long').every(({ state }) => state === 'cancelled'));
    });
  });
}
