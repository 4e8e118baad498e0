import { strict as assert } from 'node:assert';
import { commands, extensions, TabInputWebview, window, type Tab } from 'vscode';
import { until } from '#test/workbench/host/until';

const tabOf = (label: string): Tab | undefined => window.tabGroups.all.flatMap(({ tabs }) => tabs).find((tab) => tab.label === label);

export function restoredSuite(): void {
  describe('when the window is loaded anew', () => {
    it('the panel of designs is there again', async () => {
      const tab = await until('tab of the designs', () => tabOf('Stiffness: Designs'));
      assert.ok(tab.input instanceof TabInputWebview);
      await until('started extension', () => extensions.getExtension('xdesign.xdesign')?.isActive);
    });

    it('it still knows its case', async () => {
      // Without arguments a command means the case of the panel in use; it would ask, were there none.
      await until('tab of the heat map', async () => {
        await commands.executeCommand('workbench.action.focusSecondEditorGroup');
        // The run that went on in the suite before may open its own panel at any time.
        await commands.executeCommand('workbench.action.openEditorAtIndex1');
        if (window.tabGroups.activeTabGroup.activeTab?.label === 'Stiffness: Designs') void commands.executeCommand('xdesign.openHeatMap');
        return tabOf('Stiffness: Heat Map');
      });
    });
  });
}
