/*
 * VS Code's window in a browser, as a user sees and uses it. Every wait is for something to appear; nothing
 * sleeps. What goes wrong in a panel is kept.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, ConsoleMessage, FrameLocator, Locator, Page } from 'playwright-core';
import { newWorkbenchPage } from './chromium';

/** How long anything may take to appear: the first panel of a browser takes ten seconds on an idle machine. */
const patience = 90_000;

export type Theme = 'light' | 'dark' | 'high-contrast';

/** VS Code's own themes: their names in the settings, and the class of a window that has one. */
export const themes: Readonly<Record<Theme, { readonly setting: string; readonly base: string }>> = {
  light: { setting: 'Default Light Modern', base: 'vs' },
  dark: { setting: 'Default Dark Modern', base: 'vs-dark' },
  'high-contrast': { setting: 'Default High Contrast', base: 'hc-black' },
};

/** Views beside the editors: the name of their button, and their rows. */
const sideBars = {
  explorer: { title: 'Explorer', rows: '.explorer-folders-view .monaco-list-row' },
  runs: { title: 'XDesign', rows: '[id="workbench.view.extension.xdesign"] .monaco-list-row' },
} as const;

export class WorkbenchWindow {
  /** Errors on the console of panels, and everything that a content security policy refused. */
  readonly troubles: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly pictures: string,
  ) {
    page.setDefaultTimeout(patience);
    page.on('console', (message) => this.listen(message));
    page.on('pageerror', (error) => this.troubles.push(error.stack ?? error.message));
  }

  /** Opens a folder; screenshots go to `pictures`. */
  static async open(browser: Browser, url: string, folder: string, pictures: string): Promise<WorkbenchWindow> {
    const page = await newWorkbenchPage(browser, { viewport: { width: 1500, height: 950 } });
    const window = new WorkbenchWindow(page, pictures);
    await page.goto(`${url}/?folder=${encodeURIComponent(folder)}`);
    await page.locator('.monaco-workbench').waitFor();
    return window;
  }

  /** Opens a file of the workspace and waits for its text. */
  async openFile(name: string): Promise<Locator> {
    await this.show('explorer');
    await this.explorerRow(name).dblclick();
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
    await this.findCommand(title);
    await this.page.keyboard.press('Enter');
  }

  /** Opens the command palette with a command chosen by its title. */
  async findCommand(title: string): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title.replace(/^.*: /, '') }).first();
    // A window that has just been loaded does not know all commands, and does not look again by itself.
    for (const end = Date.now() + patience; ; ) {
      await this.page.keyboard.press('F1');
      try {
        // The list may be one that is about to close.
        await this.quickInput.fill(`>${title}`, { timeout: 5_000 });
        await row.waitFor({ timeout: 10_000 });
        return;
      } catch (error) {
        if (Date.now() > end) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /**
   * Picks a row of the list that is open, by its label, until the list is closed and the pick has had its effect: on a
   * busy machine a list may be rendered again while its answer is typed, or take the Enter for another row's.
   */
  async pick(label: string, hadEffect: () => Promise<boolean>): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: label });
    await row.first().waitFor();
    for (const end = Date.now() + patience; ; ) {
      const failure = await this.enter(label, row).then(() => undefined, (error: unknown) => error);
      // What follows from it may take longer than the list takes to close.
      for (const pause = Date.now() + 5_000; Date.now() < pause && !(await row.first().isVisible()); await this.page.waitForTimeout(100)) {
        if (await hadEffect()) return;
      }
      if (Date.now() > end) throw new Error(`Picking “${label}” had no effect.`, { cause: failure });
    }
  }

  /** Types a label into the list that is open and presses Enter on its row. */
  private async enter(label: string, row: Locator): Promise<void> {
    await this.quickInput.fill(label, { timeout: 5_000 });
    await row.and(this.page.locator('.focused')).waitFor({ timeout: 5_000 });
    await this.quickInput.press('Enter', { timeout: 5_000 });
    await row.first().waitFor({ state: 'hidden', timeout: 10_000 });
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

  /** Presses Run above the only case of a file. */
  async run(name: string): Promise<void> {
    await this.openFile(name);
    const lens = await this.codeLens(name, /^Run$/);
    await lens.click();
  }

  /** Types `text` over the only place of an open file that has `old`. */
  async type(name: string, old: string, text: string): Promise<void> {
    await this.page.locator('.tab', { hasText: name }).first().click();
    await this.editor(name).locator('.view-line').first().click();
    await this.page.keyboard.press('Control+F');
    const find = this.page.locator('.find-widget.visible');
    await find.locator('textarea').first().fill(old);
    await find.locator('.matchesCount', { hasText: '1 of 1' }).waitFor();
    // Notifications that are there are closed first.
    do await this.page.keyboard.press('Escape');
    while (await find.waitFor({ state: 'hidden', timeout: 2_000 }).then(() => false, () => true));
    await this.page.keyboard.type(text);
  }

  /** Brings a side bar to the front. */
  async show(view: keyof typeof sideBars): Promise<void> {
    const { title, rows } = sideBars[view];
    const button = this.page.locator('.activitybar .action-item', { has: this.page.locator(`[aria-label^="${title}"]`) });
    // Of the view that is in front the button would close it.
    if (!(await button.evaluate((item) => item.classList.contains('checked')))) await button.click();
    await this.page.locator(rows).first().waitFor();
  }

  /** A file of the explorer. */
  explorerRow(name: string): Locator {
    return this.page.locator(sideBars.explorer.rows, { hasText: name }).first();
  }

  /** Rows of the view of runs that have this text. */
  runsRows(text: string | RegExp): Locator {
    return this.page.locator(sideBars.runs.rows, { hasText: text });
  }

  /** Runs in the view of runs that have this text; their stages, which may have it too, are others. */
  runs(text: string | RegExp): Locator {
    // A run is called by the time of its start.
    return this.runsRows(/^\d+\/\d+\/\d+, /).and(this.runsRows(text));
  }

  /** Right-clicks something and chooses what it offers. */
  async contextMenu(place: Locator, item: string): Promise<void> {
    const offered = this.page.locator('.monaco-menu .action-item', { hasText: item });
    // Rows of a run that goes on are drawn anew while the mouse is on its way to them.
    for (const end = Date.now() + patience; ; ) {
      try {
        await place.first().click({ button: 'right', timeout: 10_000 });
        // By the key: a menu does not hear the mouse at once.
        await offered.first().hover({ timeout: 5_000 });
        await offered.and(this.page.locator('.focused')).waitFor({ timeout: 5_000 });
        break;
      } catch (error) {
        if (Date.now() > end) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
    await this.page.keyboard.press('Enter');
  }

  /**
   * Waits as long as a person would between two notifications: VS Code shows at most three of them in 800 ms
   * and keeps any further one in its notification center alone.
   */
  async pauseBetweenNotifications(): Promise<void> {
    await this.page.waitForTimeout(1000);
  }

  /** Presses a button of the question that waits for an answer. */
  async answer(button: string): Promise<void> {
    await this.page.locator('.monaco-dialog-box .monaco-button', { hasText: button }).click();
  }

  /** Saves under the name that the dialog proposes. */
  async acceptPath(name: string): Promise<void> {
    await this.page.waitForFunction(`document.querySelector('.quick-input-widget input.input')?.value.endsWith(${JSON.stringify(name)})`);
    await this.quickInput.press('Enter');
    await this.quickInput.waitFor({ state: 'hidden' });
  }

  /** The inside of the panel whose tab has this title, once it shows what it should; it comes to the front. */
  async panel(title: string, shows: string): Promise<FrameLocator> {
    const tab = this.page.locator('.tab', { hasText: title }).first();
    // The editor keeps the frames of hidden panels, and hides the last one a moment after it shows the next.
    const frames = this.page.locator('iframe.webview.ready:visible');
    for (const end = Date.now() + patience; Date.now() < end; ) {
      // A tab of an earlier window gives way to a new one of its title, and may be the one that was clicked.
      await tab.click();
      for (const pause = Date.now() + 10_000; Date.now() < pause; ) {
        for (const frame of await frames.all()) {
          const inside = frame.contentFrame().frameLocator('iframe#active-frame');
          if (await inside.locator(shows).first().isVisible()) return inside;
        }
        await this.page.waitForTimeout(100);
      }
    }
    throw new Error(`The panel “${title}” did not show ${shows}.`);
  }

  /** Waits until the window has the theme that the settings name. */
  async themed(theme: Theme): Promise<void> {
    await this.page.locator(`.monaco-workbench.${themes[theme].base}`).waitFor();
  }

  /** A picture of the window for people. */
  async screenshot(name: string): Promise<string> {
    mkdirSync(this.pictures, { recursive: true });
    const path = join(this.pictures, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  /** Loads the window anew by VS Code's own command, which keeps what it has not yet stored. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.command('Developer: Reload Window');
    await loaded;
    await this.page.locator('.monaco-workbench').waitFor();
  }

  /** VS Code's own messages are its own; those of panels and of policies are ours. */
  private listen(message: ConsoleMessage): void {
    const text = message.text();
    const ours = message.location().url.includes('/dist/media/') || /content security policy/i.test(text);
    if (message.type() === 'error' && ours) this.troubles.push(`${text} (${message.location().url})`);
  }
}
