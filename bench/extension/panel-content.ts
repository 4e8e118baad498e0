import type { Page } from 'playwright-core';
import type { WorkbenchWindow } from '#test/workbench/harness/workbench-window';

/** In every frame of later pages: the clock's milliseconds when a panel's drawing was there. */
export async function watchContent(page: Page): Promise<void> {
  await page.addInitScript(`{
    const look = () => {
      if (document.querySelector('article canvas, .charts canvas')) self.contentAt = Date.now();
      else setTimeout(look, 2);
    };
    look();
  }`);
}

/** From the key that calls a command to the content of its panel. The page was loaded after `watchContent`. */
export async function millisecondsToContent(window: WorkbenchWindow, { command, tab, shows }: { readonly command: string; readonly tab: string; readonly shows: string }): Promise<number> {
  await window.findCommand(command);
  const called = Date.now();
  await window.page.keyboard.press('Enter');
  const inside = await window.panel(tab, shows);
  return (await inside.locator('body').evaluate('self.contentAt')) as number - called;
}
