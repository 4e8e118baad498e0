import { strict as assert } from 'node:assert';
import { commands, extensions, workspace } from 'vscode';
import { open } from '#test/workbench/host/specification';

const extension = () => extensions.getExtension('xdesign.xdesign')!;

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown; readonly description?: string; readonly markdownDescription?: string }>> };
  };
}

export function activationSuite(): void {
  describe('the installed extension', () => {
    it('is the one of the .vsix, and starts when a specification is opened', async () => {
      assert.ok(!extension().extensionPath.includes('node_modules'));
      assert.equal((await open('case.xdesign')).languageId, 'xdesign');
      await extension().activate();
      assert.equal(extension().isActive, true);
    });

    it('has a command behind each that it contributes', async () => {
      const { contributes } = extension().packageJSON as Manifest;
      const registered = new Set(await commands.getCommands(true));
      const contributed = contributes.commands.map(({ command }) => command);
      assert.deepEqual(contributed.filter((command) => !registered.has(command)), []);
      assert.ok(contributed.length > 15);
    });

    it('describes each setting and gives its default', () => {
      const { contributes } = extension().packageJSON as Manifest;
      for (const [name, { default: value, description, markdownDescription }] of Object.entries(contributes.configuration.properties)) {
        assert.equal(workspace.getConfiguration().inspect(name)?.defaultValue, value, name);
        assert.ok((description ?? markdownDescription ?? '').length > 20, name);
      }
    });
  });
}
