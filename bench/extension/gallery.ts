import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';

interface PageServerStep {
  servePanels(): Promise<{ readonly url: string; close(): Promise<void> }>;
}

/** Milliseconds from opening the page of a run with so many designs to all of their pictures, 128 × 128 pixels each. */
export async function millisecondsToGallery(root: string, browser: Browser, designs: number): Promise<number> {
  const { servePanels } = (await import(pathToFileURL(join(root, 'scripts/media/page-server.mjs')).href)) as PageServerStep;
  const server = await servePanels();
  const page = await browser.newPage({ viewport: { width: 960, height: 900 } });
  await page.addInitScript(`{
    const look = () => {
      if ([...document.querySelectorAll('.thumbnail canvas')].filter(({ width }) => width === 128).length === ${designs}) self.galleryAt = performance.now();
      else requestAnimationFrame(look);
    };
    look();
  }`);
  try {
    await page.goto(`${server.url}/design?designs=${designs}`);
    for (;;) {
      const shown = (await page.evaluate('self.galleryAt')) as number | undefined;
      if (shown !== undefined) return shown;
      await page.waitForTimeout(50);
    }
  } finally {
    await page.close();
    await server.close();
  }
}
