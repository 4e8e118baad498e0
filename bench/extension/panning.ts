import type { FrameLocator } from 'playwright-core';
import type { WorkbenchWindow } from '#test/workbench/harness/workbench-window';

const seconds = 5;

/** Milliseconds between two moves of the mouse: more often than any screen shows. */
const between = 4;

/** How often a second the scatter is drawn while a hand drags it around. */
export async function framesWhilePanning(window: WorkbenchWindow, panel: FrameLocator): Promise<number> {
  const canvas = panel.locator('.plane > canvas');
  const box = (await canvas.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  // A drawing begins with an empty canvas. What is drawn twice in a frame counts once.
  await canvas.evaluate(`{
    self.frames = new Set();
    const clear = CanvasRenderingContext2D.prototype.clearRect;
    CanvasRenderingContext2D.prototype.clearRect = function (...args) {
      self.frames.add(document.timeline.currentTime);
      return clear.apply(this, args);
    };
  }`);
  const { mouse } = window.page;
  await mouse.move(x, y);
  await mouse.down();
  const start = performance.now();
  const moves: Promise<void>[] = [];
  while (performance.now() - start < 1000 * seconds) {
    const turn = (performance.now() - start) / 300;
    moves.push(mouse.move(x + 80 * Math.sin(turn), y + 80 * Math.cos(turn)));
    await new Promise((resolve) => setTimeout(resolve, between));
  }
  const drawn = (await canvas.evaluate('self.frames.size')) as number;
  const elapsed = (performance.now() - start) / 1000;
  await Promise.all(moves);
  await mouse.up();
  return drawn / elapsed;
}
