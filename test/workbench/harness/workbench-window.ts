/*
 * VS Code's window in a browser, as a user sees and uses it. Every wait is for something to appear; nothing
 * sleeps. What goes wrong in a panel is kept.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, ConsoleMessage, FrameLocator, Locator, Page } from 'playwright-core';
import { artifactsFolder } from './workplace';

/** How long anything may take to appear: the first panel of a browser takes ten seconds on an idle machine. */
const patience = 120_000;

export type Theme = 'light' | 'dark' | 'high-contrast';

/** VS Code's own themes. */
export const themes: Readonly<Record<Theme, string>> = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
};

export class WorkbenchWindow {
  /** Errors on the console of panels, and everything that a content security policy refused. */
  readonly troubles: string[] = [];

  private constructor(readonly page: Page) {
    page.setDefaultTimeout(patience);
    page.on('console', (message) => this.listen(message));
    page.on('pageerror', (error) => this.troubles.push(error.stack ?? error.message));
  }

  static async open(browser: Browser, url: string, folder: string): Promise<WorkbenchWindow> {
    const page = await browser.newPage({ viewport: { width: 1500, height: 950 } });
    const window = new WorkbenchWindow(page);
    await page.goto(`${url}/?folder=${encodeURIComponent(folder)}`);
    await page.locator('.monaco-workbench').waitFor();
    return window;
  }

  /** Opens a file of the workspace and waits for its text. */
  async openFile(name: string): Promise<Locator> {
    const row = this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first();
    await row.dblclick();
    const editor = this.editor(name);
    await editor.locator('.view-line').first().waitFor();
    return editor;
  }

  editor(name: string): Locator {
    return this.page.locator(`.monaco-editor[data-uri$="${name}"]`);
  }

  /** The text of an open editor as far as it is drawn; blanks as they are in the file. */
  async textOf(name: string): Promise<string> {
    const lines = this.editor(name).locator('.view-line');
    const placed = await lines.evaluateAll((elements) => elements.map((each) => ({ top: Number.parseFloat(each.style.top), text: each.textContent })));
    return placed.toSorted((a, b) => a.top - b.top).map(({ text }) => text.replaceAll('\u00a0', ' ')).join('\n');
  }

  /**
   * The hover over a place that has this text. A place that lies under the text, as underlines do, can only be
   * reached with the mouse; lines may move while lenses appear, so the mouse goes there until it is met.
   */
  async hover(place: Locator, text: string): Promise<Locator> {
    const hover = this.page.locator('.monaco-hover:visible', { hasText: text }).first();
    for (const end = Date.now() + patience; ; ) {
      const box = await place.boundingBox();
      if (box !== null) {
        await this.page.mouse.move(0, 0);
        await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
      }
      try {
        await hover.waitFor({ timeout: 5_000 });
        return hover;
      } catch (error) {
        if (Date.now() > end) throw error;
      }
    }
  }

  async codeLens(name: string, title: string | RegExp): Promise<Locator> {
    const lens = this.editor(name).locator('.codelens-decoration a', { hasText: title }).first();
    await lens.waitFor();
    return lens;
  }

  /** Runs a command by its title in the command palette. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.quickInput.fill(`>${title}`);
    await this.pick(title.replace(/^.*: /, ''));
  }

  /** Picks a row of the list that is open. */
  async pick(label: string): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first();
    await row.click();
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget input.input');
  }

  get statusBar(): Locator {
    return this.page.locator('.part.statusbar');
  }

  get notifications(): Locator {
    return this.page.locator('.notifications-toasts, .notifications-center');
  }

  /** Rows of the view “Runs”. */
  async runsView(): Promise<Locator> {
    const view = this.page.locator('.pane', { hasText: 'Runs' }).locator('.monaco-list-row');
    if (!(await view.first().isVisible())) await this.page.locator('.activitybar .action-item', { has: this.page.locator('[aria-label^="XDesign"]') }).click();
    return view;
  }

  /** The inside of the panel whose tab has this title; it comes to the front. */
  async panel(title: string): Promise<FrameLocator> {
    await this.page.locator('.tab', { hasText: title }).first().click();
    // The editor keeps the frames of hidden panels: only one is visible.
    return this.page.frameLocator('iframe.webview.ready:visible').frameLocator('iframe#active-frame');
  }

  async useTheme(theme: Theme): Promise<void> {
    await this.command('Preferences: Color Theme');
    await this.quickInput.fill(themes[theme]);
    await this.page.keyboard.press('Enter');
    await this.page.locator(theme === 'high-contrast' ? '.monaco-workbench.hc-black' : theme === 'dark' ? '.monaco-workbench.vs-dark' : '.monaco-workbench.vs').waitFor();
  }

  /** A picture of the window for people. */
  async screenshot(name: string): Promise<string> {
    mkdirSync(artifactsFolder, { recursive: true });
    const path = join(artifactsFolder, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.page.locator('.monaco-workbench').waitFor();
  }

  /** VS Code's own messages are its own; those of panels and of policies are ours. */
  private listen(message: ConsoleMessage): void {
    const text = message.text();
    const ours = message.location().url.includes('/dist/media/') || /content security policy/i.test(text);
    if (message.type() === 'error' && ours) this.troubles.push(`${text} (${message.location().url})`);
  }
}
