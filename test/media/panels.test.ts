/*
 * The panels in a real browser, under the policy that editors give them, with recorded views of a real run. A picture
 * of each in each theme is left in .build/panels.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { stlOfCells, svgOfCells } from '#display/cells-for-printing';
import { imagesOf } from '#media/shared/images';
import type { FromPanelMessage, ToPanelMessage } from '#protocol/panel-messages';
import { fromBase64 } from '#protocol/packed';
import { imageOfOrigin, type CaseResultView } from '#protocol/result';
import type { ViewContent, ViewName, ViewQuery } from '#protocol/views';
import type { GalleryView, SkeletonView } from '#protocol/views/design-views';
import type { OptimizationView } from '#protocol/views/optimization-views';
import { launchChromium } from '#test/workbench/harness/chromium';
import { installChromium } from '#test/workbench/harness/install-chromium';

interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

const serverModule = '../../scripts/media/page-server.mjs';
const { servePanels, themes } = (await import(serverModule)) as {
  servePanels(): Promise<PageServer>;
  readonly themes: readonly string[];
};
const panels = ['design', 'heatMap', 'skeleton', 'database', 'training', 'optimization'] as const;
const recorded = JSON.parse(readFileSync(new URL('../../media/mock/recorded/views.json', import.meta.url), 'utf8')) as
  readonly { readonly query: ViewQuery; readonly response: { readonly content: ViewContent<ViewName> } }[];
const redrawn = JSON.parse(readFileSync(new URL('../../media/mock/recorded/redrawn.json', import.meta.url), 'utf8')) as typeof recorded;
const recordedContent = (view: ViewName): ViewContent<ViewName> => recorded.find(({ query }) => query.view === view)!.response.content;
/** The image that the best design comes from. */
const bestImage = imageOfOrigin((recordedContent('result') as CaseResultView).arms[0].designs[0]!.origin)!;
const root = fileURLToPath(new URL('../..', import.meta.url));
const pictures = join(root, '.build/panels');

let server: PageServer;
let browser: Browser;
/** One for all tests: its process starts once, and compiles the scripts of a panel once. */
let page: Page;
/** What went wrong in the page: errors of the console, exceptions, violations of the policy. */
let troubles: string[] = [];

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  const executablePath = await installChromium(root, console.log);
  server = await servePanels();
  browser = await launchChromium(executablePath);
  page = await browser.newPage({ viewport: { width: 960, height: 900 } });
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  page.on('pageerror', (error) => troubles.push(error.stack ?? error.message));
  // A panel that is opened has no state, unlike one that is loaded again.
  await page.addInitScript("if (performance.getEntriesByType('navigation')[0].type === 'navigate') sessionStorage.clear();");
}, 300_000);
afterAll(async () => {
  await browser.close();
  await server.close();
});
afterEach(() => {
  expect(troubles).toEqual([]);
});

async function open(panel: string, query: Readonly<Record<string, string>> = {}): Promise<Page> {
  await page.mouse.move(0, 0);
  troubles = [];
  await page.goto(`${server.url}/${panel}?${new URLSearchParams({ theme: 'vscode-dark', ...query }).toString()}`);
  await page.locator('main').waitFor();
  return page;
}

/** What the panel said to the editor, of one type. */
async function posted<T extends FromPanelMessage['type']>(type: T): Promise<Extract<FromPanelMessage, { readonly type: T }>[]> {
  const all = (await page.evaluate('window.posted')) as FromPanelMessage[];
  return all.filter((message) => message.type === type) as Extract<FromPanelMessage, { readonly type: T }>[];
}

const tell = (message: ToPanelMessage): Promise<void> => page.evaluate(`window.tellPanel(${JSON.stringify(message)})`);

/** Becomes true, also on a busy machine. */
const soon = <T>(read: () => T): ReturnType<typeof expect.poll<T>> => expect.poll(read, { timeout: 20_000 });

/** The pixels of a canvas as text: another one for another picture. */
const pictureOf = (selector: string): Promise<string> => page.locator(selector).first().evaluate((canvas: { toDataURL(): string }) => canvas.toDataURL());

/** Moves a slider, and lets it go or not, as a hand does. */
const moveSlider = (slider: Locator, value: string, events: readonly ('input' | 'change')[]): Promise<void> =>
  slider.evaluate((input: { value: string; dispatchEvent(event: Event): void }, [to, names]) => {
    input.value = to;
    names.forEach((name) => input.dispatchEvent(new Event(name)));
  }, [value, events] as const);

describe.each(panels)('the panel %s', (panel) => {
  test.each(themes)('is drawn in %s', async (theme) => {
    await open(panel, { theme });
    await page.locator('main[aria-busy="false"] canvas').first().waitFor();
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: join(pictures, `${panel}-${theme.replace('vscode-', '')}.png`) });
    const nameless = await page.evaluate(`[...document.querySelectorAll('input, vscode-button, vscode-radio, vscode-checkbox, vscode-single-select, [role="option"], [role="tab"], canvas[tabindex]')]
      .filter((each) => !(each.getAttribute('aria-label') || each.getAttribute('label') || each.textContent.trim()))
      .map((each) => each.outerHTML)`);
    expect(nameless).toEqual([]);
  });

  test('says what to do while nothing is there', async () => {
    await open(panel, { situation: 'empty' });
    await page.locator('main', { hasText: 'Press Run above the case' }).waitFor();
  });
});

test.each([
  ['running', '120 of 400, about 40 s left'],
  ['failed', '4 GiB are free'],
  ['refused', 'This run does not exist'],
  ['alone', 'The language server has stopped'],
  ['stale', 'a new run would restart at “explain”'],
  ['underway', 'A run of the file as it is now is in progress'],
  ['gone', 'The file of this case was deleted or moved away'],
  ['broken', 'The file, or one that it imports, has errors'],
  ['uncertain', 'The values of 3 of 800 images may be wrong by more than 0.1 %. Choose a lower resolution.'],
])('a panel says what is the case: %s', async (situation, words) => {
  await open('design', { situation });
  await page.locator('main', { hasText: words }).waitFor();
  await page.screenshot({ path: `${pictures}/design-${situation}.png` });
});

describe('the database panel, of files that no run has read', () => {
  test.each(themes)('shows the first images, their sizes and what is wrong with the files, in %s', async (theme) => {
    await open('database', { situation: 'files', theme });
    await page.locator('[role="list"][aria-label="The first images"]').waitFor();
    const images = page.locator('[role="listitem"]');
    expect(await images.count()).toBe(48);
    expect(await images.first().getAttribute('aria-label')).toMatch(/^Image 0, \d+\.\d\s% white$/);
    expect(await page.locator('h1').textContent()).toBe('The first 48 images');
    expect(await page.locator('.database-files header').textContent()).toMatch(/from 300 files, pictures of 128 × 120, 1024 × 884, 256 × 240 pixels and 1 other size.*do not repeat.*press Generate/s);
    expect(await page.locator('.notice').allTextContents()).toEqual([expect.stringContaining('neither clearly black nor clearly white'), '3 images are copies of others.']);
    await page.screenshot({ path: join(pictures, `database-files-${theme.replace('vscode-', '')}.png`) });
  });
});

describe('the design panel', () => {
  test('shows the best design with its numbers; a click and the arrow keys choose another', async () => {
    await open('design');
    await page.locator('.heading', { hasText: 'design-001' }).waitFor();
    expect(await page.locator('.limit').textContent()).toMatch(/\d+\.\d % of the physical limit/);
    await page.locator('[role="option"]').nth(2).click();
    await page.locator('.heading', { hasText: 'design-003' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.locator('.heading', { hasText: 'design-002' }).waitFor();
    await page.locator('[role="option"][aria-selected="true"]:focus').waitFor();
  });

  test('repeats the cell, colors it by energy and deforms it', async () => {
    await open('design');
    await page.locator('.cell canvas').waitFor();
    const plain = await pictureOf('.cell canvas');
    await page.locator('vscode-radio[label="3 × 3"]').click();
    await page.locator('.cell canvas[aria-label^="3 by 3"]').waitFor();
    expect(await pictureOf('.cell canvas')).not.toBe(plain);
    await page.locator('vscode-radio[label="strain energy"]').click();
    await page.locator('.cell .heat-legend').waitFor();
    await page.locator('vscode-checkbox[label="deformed"]').click();
    await page.locator('canvas.deformed[aria-label*="compression x"]').waitFor();
    const some = await pictureOf('canvas.deformed');
    await page.locator('input[aria-label="largest displacement"]').fill('0.2');
    await soon(() => pictureOf('canvas.deformed')).not.toBe(some);
    await page.screenshot({ path: `${pictures}/design-deformed.png` });
  });

  test('saves what it draws, and asks for what is computed', async () => {
    await open('design');
    for (const label of ['PNG', 'SVG', 'STL', 'Abaqus']) await page.locator('.save vscode-button', { hasText: label }).click();
    await soon(async () => (await posted('save')).length).toBe(4);
    const byFormat = Object.fromEntries((await posted('save')).map((message) => [message.format, message]));
    const bytesOf = (format: string): Uint8Array => fromBase64((byFormat[format] as { readonly bytes: string }).bytes);
    expect(Array.from(bytesOf('png').subarray(1, 4))).toEqual(Array.from('PNG', (letter) => letter.charCodeAt(0)));
    expect(new TextDecoder().decode(bytesOf('svg'))).toContain('<path fill-rule="evenodd"');
    // The same geometry as `xdesign export --stl --svg`.
    const [cell] = imagesOf((recordedContent('gallery') as GalleryView).images);
    const size = { edge: 10, tiles: { columns: 1, rows: 1 } };
    expect(new TextDecoder().decode(bytesOf('svg'))).toBe(svgOfCells(cell!, size));
    expect(Buffer.compare(bytesOf('stl'), stlOfCells(cell!, { ...size, height: 1 }))).toBe(0);
    expect(byFormat['abaqus']).toEqual({ type: 'save', format: 'abaqus', arm: 'explained', rank: 1 });
    await page.locator('.save vscode-button', { hasText: 'Data…' }).click();
    await soon(async () => (await posted('exportData')).length).toBe(1);
  });

  test('saves the picture that is shown, whatever it shows', async () => {
    await open('design');
    await page.locator('.cell canvas').waitFor();
    const steps = [
      ['.cell canvas.pixels', () => page.locator('vscode-radio[label="3 × 3"]').click()],
      ['.cell canvas[aria-label^="3 by 3"]', () => page.locator('vscode-radio[label="strain energy"]').click()],
      ['.cell:has(.heat-legend) canvas.pixels', () => page.locator('vscode-checkbox[label="deformed"]').click()],
      ['.cell canvas.deformed', () => page.locator('vscode-radio[label="phases"]').click()],
      ['.cell:not(:has(.heat-legend)) canvas.deformed', () => Promise.resolve()],
    ] as const;
    const pictures = new Set<string>();
    for (const [shown, next] of steps) {
      await page.locator(shown).waitFor();
      const [canvas, saved] = [await pictureOf(shown), (await posted('save')).length];
      await page.locator('.save vscode-button', { hasText: 'PNG' }).click();
      await soon(async () => (await posted('save')).length).toBe(saved + 1);
      const { bytes } = (await posted('save')).at(-1) as { readonly bytes: string };
      expect(`data:image/png;base64,${bytes}`).toBe(canvas);
      pictures.add(bytes);
      await next();
    }
    expect(pictures.size).toBe(steps.length);
  });

  test('leads to the heat map and the skeleton of the design', async () => {
    await open('design');
    await page.locator('vscode-button', { hasText: 'Heat map' }).click();
    await page.locator('vscode-button', { hasText: 'Skeleton' }).click();
    await soon(async () => (await posted('open')).map(({ panel }) => panel)).toEqual(['heatMap', 'skeleton']);
  });

  test('comes back as it was when the window is loaded anew', async () => {
    await open('design');
    await page.locator('[role="option"]').nth(1).click();
    await page.locator('vscode-radio[label="3 × 3"]').click();
    await page.locator('.cell canvas[aria-label="3 by 3 cells of design-002"]').waitFor();
    await page.reload();
    await page.locator('.cell canvas[aria-label="3 by 3 cells of design-002"]').waitFor();
  });

  test('shows two hundred designs of 128 × 128 pixels', async () => {
    await open('design', { designs: '200' });
    await soon(() => page.locator('.thumbnail').count()).toBe(200);
    expect(await page.locator('.thumbnail canvas').last().evaluate(({ width }: { width: number }) => width)).toBe(128);
  });

  test('says which of two constructions is better', async () => {
    const { comparisons } = redrawn.find(({ query }) => query.view === 'result')!.response.content as CaseResultView;
    await open('design', { graph: '1' });
    await page.locator('.verdict').waitFor();
    expect(await page.locator('.verdict').allTextContents()).toEqual(comparisons.map(({ verdict }) => verdict));
    expect(comparisons[0]!.verdict).toMatch(/construction .* on the same \d+ patches/);
  });

  test('shows what the text would give while it is typed', async () => {
    await open('design');
    await page.locator('.heading').waitFor();
    await tell({ type: 'typed', version: 2 });
    // The panel asks about the image that the design comes from.
    await soon(() => posted('preview')).toEqual([{ type: 'preview', id: 1, version: 2, image: bestImage }]);
    const { cell, cellSkeleton, image } = recordedContent('skeleton') as SkeletonView;
    const [design] = (recordedContent('result') as CaseResultView).arms[0].designs;
    const response = { version: 2, revision: 1, image: bestImage, designs: [design!], images: cell, skeletons: cellSkeleton, regions: image, refusals: [{ reason: 'shift-too-large', message: 'Curves would have to be moved too far.', count: 2 }], milliseconds: 1 };
    await tell({ type: 'preview', id: 1, response: { kind: 'designs', ...response } });
    await page.locator('.preview canvas').waitFor();
    expect(await page.locator('.preview').textContent()).toMatch(new RegExp(`image ${bestImage}: 1 design, 2 patches refused, best E \\d+\\.\\d\\sGPa`));
    // Patches that were refused have their reasons, also next to designs.
    expect(await page.locator('.preview .refusals li').allTextContents()).toEqual(['2 ×: Curves would have to be moved too far.']);
    await page.screenshot({ path: `${pictures}/design-preview.png` });
    // Another design has another image: what was heard of this one is not shown beside it.
    const other = (recordedContent('result') as CaseResultView).arms[0].designs.findIndex(({ origin }) => imageOfOrigin(origin) !== bestImage);
    await page.locator('[role="option"]').nth(other).click();
    await soon(() => page.locator('.preview').count()).toBe(0);
    await soon(async () => (await posted('preview')).at(-1)).toMatchObject({ id: 2, version: 2, image: imageOfOrigin((recordedContent('result') as CaseResultView).arms[0].designs[other]!.origin) });
    const finding = { code: 'image-not-exceptional', severity: 'error', message: 'Image 7 is not among the exceptional images.' } as const;
    await tell({ type: 'preview', id: 2, response: { kind: 'refused', findings: [finding] } });
    await page.locator('.preview', { hasText: /As the file is now.*is not among the exceptional images/s }).waitFor();
    await tell({ type: 'typed' });
    await page.locator('.preview').waitFor({ state: 'detached' });
  });
});

describe('the heat map panel', () => {
  test('the threshold moves the region at once, and is written when it is let go', async () => {
    await open('heatMap');
    const slider = page.locator('input[aria-label="critical above"]');
    await slider.waitFor();
    const outline = (): Promise<string | null> => page.locator('.overlaid .outline').getAttribute('d');
    const before = await outline();
    await moveSlider(slider, '0.3', ['input']);
    await soon(outline).not.toBe(before);
    expect(await posted('setThreshold')).toEqual([]);
    await moveSlider(slider, '0.3', ['change']);
    const query = { image: bestImage };
    await soon(() => posted('setThreshold')).toMatchObject([{ query, from: 0.5, to: 0.3 }]);
    // The text has the new one now.
    await moveSlider(slider, '0.4', ['input', 'change']);
    await soon(async () => (await posted('setThreshold')).at(-1)).toMatchObject({ query, from: 0.3, to: 0.4 });
    await page.locator('.region-words', { hasText: /patch is|No design/ }).waitFor();
  });

  test('the threshold follows the text, whoever changes it', async () => {
    await open('heatMap');
    const slider = page.locator('input[aria-label="critical above"]');
    await slider.waitFor();
    const isShown = (value: string): Promise<void> => soon(() => slider.inputValue()).toBe(value);
    const type = (...thresholds: number[]): Promise<void> => page.evaluate(`window.typeThresholds([${thresholds.join()}])`);
    await moveSlider(slider, '0.55', ['input', 'change']);
    await isShown('0.55');
    // Undone, done again, and undone.
    for (const thresholds of [[0.5, 0.6, 0.7], [0.55, 0.6, 0.7], [0.5, 0.6, 0.7]]) {
      await type(...thresholds);
      await isShown(String(thresholds[0]));
    }
    // Each key is a move of its own.
    await slider.press('ArrowRight');
    await slider.press('ArrowRight');
    await isShown('0.52');
    await soon(async () => (await posted('setThreshold')).slice(1).map(({ from, to }) => [from, to])).toEqual([[0.5, 0.51], [0.51, 0.52]]);
    // One of three is looked at, past its neighbor and back, and then the only one.
    await type(0.5, 0.6, 0.7);
    await page.locator('vscode-radio[label="60\u00a0%"]').click();
    await isShown('0.6');
    await moveSlider(slider, '0.8', ['input', 'change']);
    await isShown('0.8');
    await type(0.5, 0.6, 0.7);
    await isShown('0.6');
    await type(0.45);
    await isShown('0.45');
    expect(await page.locator('vscode-radio[label$="%"]').count()).toBe(0);
  });

  test('keys move the threshold on from where it is, however slowly the panel is drawn', async () => {
    await open('heatMap');
    const slider = page.locator('input[aria-label="critical above"]');
    await slider.waitFor();
    await page.evaluate('{ const soon = window.requestAnimationFrame; window.requestAnimationFrame = (draw) => setTimeout(() => soon(draw), 150); }');
    for (let key = 0; key < 6; key++) {
      // The view of the text comes again, and is drawn after the key.
      await tell({ type: 'stale' });
      await page.waitForTimeout(30);
      await slider.press('ArrowRight');
      await page.waitForTimeout(key % 2 === 0 ? 200 : 400);
    }
    const values = [0.5, 0.51, 0.52, 0.53, 0.54, 0.55, 0.56];
    await soon(async () => (await posted('setThreshold')).map(({ from, to }) => [from, to])).toEqual(values.slice(1).map((to, i) => [values[i], to]));
    await soon(() => slider.inputValue()).toBe('0.56');
  });

  test('shows each direction, native pixels, other layers and methods', async () => {
    await open('heatMap');
    await page.locator('.picture .pixels').waitFor();
    const both = await pictureOf('.picture .pixels');
    await page.locator('vscode-radio[label="x"]').click();
    await soon(() => pictureOf('.picture .pixels')).not.toBe(both);
    const smooth = await pictureOf('.picture .pixels');
    await page.locator('vscode-radio[label^="native"]').click();
    await soon(() => pictureOf('.picture .pixels')).not.toBe(smooth);
    await page.locator('vscode-single-select[aria-label="layer"]').click();
    await page.locator('vscode-single-select[aria-label="layer"] li', { hasText: 'stage-1' }).click();
    await soon(async () => (await posted('query')).some(({ query }) => query.view === 'heatMap' && query.query.layer === 'stage-1')).toBe(true);
    await page.locator('.picture .pixels[aria-label*="stage-1"]').waitFor();
  });

  test('shows exact contributions, says what they are, and has squares in place of layers', async () => {
    await open('heatMap');
    await page.locator('vscode-single-select[aria-label="method"]').click();
    await page.locator('vscode-single-select[aria-label="method"] li', { hasText: 'exact contributions' }).click();
    await page.locator('.faithfulness', { hasText: /the exact contribution of the square of \d+ pixels around it, by finite elements and without a network: how much more a white pixel of it brings the property toward the objective than a black one/ }).waitFor();
    await page.locator('vscode-single-select[aria-label="squares"]').waitFor();
    expect(await page.locator('vscode-single-select[aria-label="layer"]').count()).toBe(0);
    await page.locator('.picture .pixels[aria-label*="squares of 12 pixels"]').waitFor();
    await page.screenshot({ path: `${pictures}/heat-map-exact.png` });
    // Squares have no threshold: the one that contributes most is framed.
    await page.locator('.region-words', { hasText: /The square of \d+ × \d+ pixels that contributes most is outlined/ }).waitFor();
    expect(await page.locator('.threshold').count()).toBe(0);
    expect(await page.locator('.overlaid .outline').getAttribute('d')).toBe('');
    expect(await page.locator('.overlaid .patch').getAttribute('d')).not.toBe('');
    // Back at a network, its first layer is shown.
    await page.locator('vscode-single-select[aria-label="method"]').click();
    await page.locator('vscode-single-select[aria-label="method"] li', { hasText: 'Grad-RAM' }).click();
    await page.locator('vscode-single-select[aria-label="layer"]').waitFor();
  });

  test('an image is chosen by its number', async () => {
    await open('heatMap');
    const field = page.locator('input[aria-label="image"]');
    await field.fill('0');
    await field.dispatchEvent('change');
    await page.locator('h1', { hasText: 'Image 0' }).waitFor();
  });

  test('what is typed survives what arrives meanwhile; a number that no image has is not taken', async () => {
    await open('heatMap');
    await page.locator('.thumbnail').first().waitFor();
    const field = page.locator('input[aria-label="image"]');
    const before = await field.inputValue();
    await field.fill('1');
    const asked = (await posted('query')).length;
    await tell({ type: 'stale' });
    await soon(async () => (await posted('query')).length).toBeGreaterThan(asked);
    await page.waitForTimeout(300);
    expect(await field.inputValue()).toBe('1');
    await field.fill('99999');
    await field.dispatchEvent('change');
    expect(await field.inputValue()).toBe(before);
  });

  test('says in words how far the map can be trusted', async () => {
    await open('heatMap');
    await page.locator('.faithfulness', { hasText: /Along x: the map’s ranking of regions agrees \w+ with their exact finite-element contributions.*The tenth of the positions that contribute most has \d+\s% of the map’s relevance/s }).waitFor();
  });
});

describe('the skeleton panel', () => {
  test('walks through the steps, and thickens', async () => {
    await open('skeleton');
    await page.locator('[role="tab"][aria-selected="true"]', { hasText: 'Skeleton' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('h1', { hasText: 'Mirrored' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.locator('h1', { hasText: 'Thickened' }).waitFor();
    const whole = await pictureOf('.detail canvas');
    await page.locator('input[aria-label="half width"]').fill('0.5');
    await soon(() => pictureOf('.detail canvas')).not.toBe(whole);
    await page.screenshot({ path: `${pictures}/skeleton-thickened.png` });
  });

  test('shows how the skeleton of a patch was redrawn, and how far', async () => {
    const { content } = redrawn.find(({ query }) => query.view === 'skeleton')!.response;
    const { redrawing, cell } = content as SkeletonView;
    const { moved, removed, meanShift } = redrawing!;
    for (const theme of ['vscode-light', 'vscode-dark']) {
      await open('skeleton', { graph: '1', theme });
      await page.locator('[role="tab"]', { hasText: 'Redrawn' }).click();
      await page.locator('.detail .overlaid .before').waitFor();
      const marks = (name: string): Promise<number> => page.locator(`.detail .overlaid .${name}`).count();
      expect([await marks('end-before'), await marks('end-after')]).toEqual([moved.length, moved.length]);
      const facts = await page.locator('.shift-facts').textContent();
      expect(facts).toContain(`${moved.length} ends were moved by ${meanShift.toFixed(1)} pixels of the cell on average, ${((100 * meanShift) / cell.width).toFixed(1)}`);
      expect(facts).toMatch(/Beyond 6\.4 pixels, 10\s%, a patch gives no cell/);
      expect(facts?.includes('left out')).toBe(removed.length > 0);
      await page.locator('[role="option"]').nth(1).click();
      await page.locator('.detail .overlaid .shift').waitFor();
      await page.screenshot({ path: `${pictures}/skeleton-redrawn-${theme.replace('vscode-', '')}.png` });
    }
    await page.locator('vscode-checkbox[label="ends before and after"]').click();
    await soon(() => page.locator('.detail .overlaid .end-after').count()).toBe(0);
    // A mirrored skeleton moves nothing.
    await open('skeleton');
    await page.locator('[role="tab"]', { hasText: 'Mirrored' }).click();
    await page.locator('.detail .overlaid .middle').waitFor();
    expect(await page.locator('.shift-facts').count()).toBe(0);
  });

  test('nodes, spurs and curves can be left out', async () => {
    await open('skeleton');
    await page.locator('.detail .node.junction').first().waitFor();
    await page.locator('vscode-checkbox[label="graph nodes"]').click();
    await soon(() => page.locator('.detail .overlaid .node').count()).toBe(0);
    await page.locator('vscode-checkbox[label="smooth curves"]').click();
    await page.locator('.detail .overlaid .curve').waitFor();
  });
});

describe('the database panel', () => {
  test('a drag pans, the wheel zooms, and both are kept', async () => {
    await open('database', { points: '20000' });
    const canvas = page.locator('.plane canvas');
    await canvas.waitFor();
    await page.mouse.move(300, 400);
    await page.mouse.down();
    await page.mouse.move(360, 440, { steps: 4 });
    await page.mouse.up();
    await page.locator('vscode-button', { hasText: 'See all' }).waitFor();
    const kept = await page.evaluate('sessionStorage.getItem("panel /database")');
    expect(JSON.parse(kept as string).viewOptions.viewport.left).toBeTypeOf('number');
    await page.screenshot({ path: `${pictures}/database-20000.png` });
    await page.locator('vscode-button', { hasText: 'See all' }).click();
    await page.locator('vscode-button', { hasText: 'See all' }).waitFor({ state: 'detached' });
  });

  test('a brush selects, families can be left out', async () => {
    await open('database');
    await page.locator('vscode-radio[label="select"]').click();
    const box = (await page.locator('.plane canvas').boundingBox())!;
    const selected = async (): Promise<number> => Number.parseInt((await page.locator('#selection-title').textContent())!.replaceAll(/\D/g, ''), 10);
    await page.mouse.move(box.x + 70, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 20, box.y + box.height - 60, { steps: 3 });
    await page.mouse.up();
    await page.locator('#selection-title', { hasText: 'selected' }).waitFor();
    const all = await selected();
    expect(all).toBe(600);
    await page.locator('vscode-checkbox[label^="spinodal"]').click();
    await soon(selected).toBe(450);
  });

  test('the pointer shows the image, a click opens its heat map', async () => {
    await open('database');
    const box = (await page.locator('.plane canvas').boundingBox())!;
    // Somewhere in the middle of the cloud there is a point.
    const tip = page.locator('.tip');
    for (let step = 0; step < 60 && !(await tip.isVisible()); step++) await page.mouse.move(box.x + 100 + 4 * step, box.y + box.height - 100 - 4 * step);
    await tip.locator('canvas').waitFor();
    await page.mouse.down();
    await page.mouse.up();
    await soon(async () => (await posted('open')).length).toBe(1);
    await page.screenshot({ path: `${pictures}/database-tip.png` });
  });

  test('keys pan and zoom', async () => {
    await open('database');
    await page.locator('.plane canvas').focus();
    await page.keyboard.press('+');
    await page.locator('vscode-button', { hasText: 'See all' }).waitFor();
  });

  test('the worse direction over the volume fraction', async () => {
    await open('database');
    await page.locator('.plane canvas').waitFor();
    const before = await pictureOf('.plane canvas');
    await page.locator('vscode-radio[label="over volume fraction"]').click();
    await soon(() => pictureOf('.plane canvas')).not.toBe(before);
    await page.screenshot({ path: `${pictures}/database-fraction.png` });
  });
});

describe('an arm that no panel knows', () => {
  test('has its row in the legend of the database, its marks and their tip', async () => {
    await open('database', { arms: '1' });
    const count = (recordedContent('result') as CaseResultView).arms.find(({ name }) => name === 'control')!.designs.length;
    const row = page.locator('.legend li', { has: page.locator(`vscode-checkbox[label="designs from center patches, ${count}"]`) });
    await row.locator('.mark path.series-4').waitFor();
    await page.locator('.plane canvas').waitFor();
    const shown = await pictureOf('.plane canvas');
    await row.locator('vscode-checkbox').click();
    await soon(() => pictureOf('.plane canvas')).not.toBe(shown);
    await page.screenshot({ path: `${pictures}/database-arm.png` });
  });

  test('has its gallery, its designs and their comparison with the other arms', async () => {
    await open('design', { arms: '1' });
    await page.locator('.comparisons th', { hasText: 'best design from a center patch' }).waitFor();
    await page.locator('vscode-radio[label="center patches"]').click();
    await page.locator('article[aria-label="center-001"]').waitFor();
    await page.locator('.gallery canvas').first().waitFor();
    const rows = await page.locator('.comparisons th').allTextContents();
    expect(rows.slice(0, 3)).toEqual([expect.stringMatching(/\d images$/), 'best design from a critical region', 'best design from a random patch']);
    expect(rows).toHaveLength(1 + (recordedContent('result') as CaseResultView).arms.length);
    expect(await page.locator('.origin p').textContent()).toMatch(/^Made of a center patch, \d+ pixels wide, in image/);
    await page.screenshot({ path: `${pictures}/design-arm.png` });
    await page.locator('vscode-button', { hasText: 'Skeleton' }).click();
    await soon(() => posted('open')).toEqual([{ type: 'open', panel: 'skeleton', place: { arm: 'center', rank: 1 } }]);
  });

  test('has its steps in the skeleton panel', async () => {
    await open('skeleton', { arms: '1' });
    await page.locator('vscode-radio[label="center patches"]').click();
    await page.locator('[role="tab"]', { hasText: 'Center patch' }).click();
    await page.locator('h1', { hasText: 'Center patch' }).waitFor();
    expect(await page.locator('.detail p').allTextContents()).toContainEqual(expect.stringContaining('The square is a center patch: its position comes from no map.'));
  });
});

describe('the training panel', () => {
  test('R² beside the paper’s', async () => {
    await open('training');
    const rows = await page.locator('.quality tbody tr').allTextContents();
    expect(rows).toHaveLength(2);
    expect(rows[0]).toContain('0.9711');
    expect(rows[1]).toContain('0.9591');
  });

  test('asks again while the network learns', async () => {
    await open('training');
    await page.locator('.chart').first().waitFor();
    expect(await posted('query')).toHaveLength(1);
    const change = { uri: '', case: 'Stiffness', run: 'r', revision: 2, state: { kind: 'running', stage: 'learn', done: 1, total: 9 }, stages: [] } as const;
    await tell({ type: 'changed', change });
    await soon(async () => (await posted('query')).length).toBe(2);
  });
});

describe('the optimization panel', () => {
  const optimizations = recordedContent('optimization') as OptimizationView;
  const [refined] = (recordedContent('result') as CaseResultView).arms.find(({ name }) => name === 'explained-refined')!.designs;
  const parent = (recordedContent('result') as CaseResultView).arms[0].designs.find(({ candidate }) => candidate === refined!.origin.parent!.candidate)!;
  const cells = (): Locator => page.locator('.gallery [role="option"]');

  test('the best run large, its start next to it; another one by click and keys, here and in the chart', async () => {
    await open('optimization');
    await page.locator('.heading h1', { hasText: `${optimizations.runs.length} optimizations, the best` }).waitFor();
    await page.locator('.pair canvas').nth(1).waitFor();
    expect(await cells().count()).toBe(optimizations.runs.length);
    expect(await cells().first().getAttribute('aria-selected')).toBe('true');
    const best = await page.locator('.pointed').textContent();
    await cells().nth(2).click();
    await soon(() => page.locator('.pointed').textContent()).not.toBe(best);
    await page.keyboard.press('ArrowLeft');
    await page.locator('[role="option"]:nth-child(2)[aria-selected="true"]:focus').waitFor();
    await page.locator('.chart').focus();
    await page.keyboard.press('ArrowUp');
    await soon(() => page.locator('.pointed').textContent()).toBe(best);
    await page.keyboard.press('End');
    await page.locator('[role="option"]:last-child[aria-selected="true"]').waitFor();
  });

  test('the pointer shows the run of a line, and a click chooses it', async () => {
    await open('optimization');
    const canvas = page.locator('.chart canvas');
    await canvas.waitFor();
    const [before, box] = [await page.locator('.pointed').textContent(), (await canvas.boundingBox())!];
    for (let y = 40; y < 200 && (await page.locator('.pointed').textContent()) === before; y += 6) await page.mouse.move(box.x + 0.3 * box.width, box.y + y);
    const pointed = await page.locator('.pointed').textContent();
    expect(pointed).not.toBe(before);
    expect(pointed).toMatch(/: \d+ iterations, \d+\.\d.GPa/);
    await page.mouse.down();
    await page.mouse.up();
    await page.mouse.move(0, 0);
    // It stays when the pointer leaves.
    await soon(() => page.locator('.gallery [aria-selected="true"]').getAttribute('aria-label')).toBe(pointed);
    await soon(() => page.locator('.pointed').textContent()).toBe(pointed);
    await page.screenshot({ path: `${pictures}/optimization-chosen.png` });
  });

  test('a refined design before and after with its gain, and links to both', async () => {
    await open('optimization');
    await page.locator(`.gallery [role="option"][aria-label*="${parent.name}:"]`).click();
    await page.locator('.run', { hasText: `${parent.name}, refined` }).waitFor();
    expect((await page.locator('.pair figcaption').allTextContents()).map((text) => text.trim())).toEqual([expect.stringMatching(/^before \d+\.\d.GPa$/), expect.stringMatching(/^after \d+\.\d.GPa$/)]);
    expect(await page.locator('.run .gain').textContent()).toMatch(/^\+\d+\.\d.%$/);
    await page.locator('.run vscode-button', { hasText: 'Design' }).first().click();
    await page.locator('.run vscode-button', { hasText: parent.name }).click();
    await soon(() => posted('open')).toEqual([
      { type: 'open', panel: 'design', place: { arm: 'explained-refined', rank: 1 } },
      { type: 'open', panel: 'design', place: { arm: 'explained', rank: parent.rank } },
    ]);
  });

  test('groups can be left out, of the chart and of the cells', async () => {
    await open('optimization');
    await page.locator('.chart canvas').waitFor();
    const before = await pictureOf('.chart canvas');
    const [first] = optimizations.groups;
    await page.locator(`.legend vscode-checkbox[label^="${first!.title}, "]`).click();
    await soon(() => cells().count()).toBe(optimizations.runs.filter(({ group }) => group !== first!.name).length);
    await soon(() => pictureOf('.chart canvas')).not.toBe(before);
    await page.locator('vscode-radio[label="better than the best image"]').click();
    await page.screenshot({ path: `${pictures}/optimization-better.png` });
  });

  test('follows a run: the cell that changes is large, until another one is chosen', async () => {
    await open('optimization', { situation: 'optimizing' });
    const changed = { type: 'changed', change: { uri: '', case: 'Stiffness', run: 'r', revision: 2, state: { kind: 'running', stage: 'construct', arm: 'optimization', done: 1, total: 9, note: '3 of 9 starts optimized' }, stages: [] } } as const;
    await page.locator('.run', { hasText: 'so far' }).waitFor();
    await page.locator('.gallery small', { hasText: 'still to begin' }).waitFor();
    await page.screenshot({ path: `${pictures}/optimization-optimizing.png` });
    const [cell, line] = [await pictureOf('.pair figure:nth-child(2) canvas'), await pictureOf('.chart canvas')];
    await tell(changed);
    await soon(() => pictureOf('.pair figure:nth-child(2) canvas')).not.toBe(cell);
    expect(await pictureOf('.chart canvas')).not.toBe(line);
    await cells().first().click();
    await soon(() => page.locator('.pointed').textContent()).not.toMatch(/so far/);
    const words = await page.locator('.pointed').textContent();
    await tell(changed);
    await page.locator('.progress', { hasText: '3 of 9 starts optimized' }).waitFor();
    expect(await page.locator('.pointed').textContent()).toBe(words);
    await page.locator('vscode-button', { hasText: 'Follow the run' }).click();
    await page.locator('.run', { hasText: 'so far' }).waitFor();
  });

  test('says how a case gets optimizations', async () => {
    await open('optimization', { situation: 'plain' });
    await page.locator('main', { hasText: 'This case has no optimizations.' }).waitFor();
    await page.locator('main', { hasText: 'The entry “refine optimization” makes its best designs starts' }).waitFor();
  });

  test('its design has the value at twice the resolution, its parent and its optimization; no skeleton', async () => {
    await open('design');
    await page.locator('.gallery vscode-radio').nth(3).click();
    await page.locator(`article[aria-label="${refined!.name}"]`).waitFor();
    expect(await page.locator('.finer').textContent()).toMatch(/^At twice the resolution, each pixel as four: \d+\.\d.GPa$/);
    expect(await page.locator('.comparisons th').first().textContent()).toBe(`${parent.name}, its start`);
    expect(await page.locator('.origin p').textContent()).toMatch(new RegExp(`^Refined from ${parent.name}, which was made of a critical region \\(layer .*, threshold \\d+\\s%\\), \\d+ pixels wide, in image \\d+`));
    expect((await page.locator('.origin vscode-button').allTextContents()).map((text) => text.trim())).toEqual([`Parent ${parent.name}`, 'Optimization', 'Heat map']);
    await page.screenshot({ path: `${pictures}/design-refined.png` });
    await page.locator('.origin vscode-button', { hasText: 'Optimization' }).click();
    await soon(() => posted('open')).toEqual([{ type: 'open', panel: 'optimization', place: { run: { arm: 'explained-refined', candidate: refined!.candidate } } }]);
    await page.locator('.origin vscode-button', { hasText: parent.name }).click();
    await page.locator(`article[aria-label="${parent.name}"]`).waitFor();
    expect(await page.locator('.finer').count()).toBe(0);
  });

  test('the skeleton panel lists the arms that have skeletons', async () => {
    await open('skeleton');
    await page.locator('.gallery vscode-radio').first().waitFor();
    expect(await page.locator('.gallery vscode-radio').count()).toBe(2);
  });
});
