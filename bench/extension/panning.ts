import type { FrameLocator } from 'playwright-core';
import type { WorkbenchWindow } from '#test/workbench/harness/workbench-window';

const seconds = 5;

/** Milliseconds between two moves, as mice tell them. */
const between = 8;

/**
 * How often a second the scatter is drawn while it is dragged around. The mouse is pressed from outside; its moves
 * come from within the page, because from outside each takes longer than a frame.
 */
export async function framesWhilePanning(window: WorkbenchWindow, panel: FrameLocator): Promise<number> {
  const canvas = panel.locator('.plane > canvas');
  const box = (await canvas.boundingBox())!;
  const { mouse } = window.page;
  await mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await mouse.down();
  // A drawing begins with an empty canvas. What is drawn twice in a frame counts once.
  const frames = await canvas.evaluate(`(async () => {
    const canvas = document.querySelector('.plane > canvas');
    const frames = new Set();
    const clear = CanvasRenderingContext2D.prototype.clearRect;
    CanvasRenderingContext2D.prototype.clearRect = function (...args) {
      frames.add(document.timeline.currentTime);
      return clear.apply(this, args);
    };
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const start = performance.now();
    const turning = setInterval(() => {
      const turn = (performance.now() - start) / 300;
      const place = { clientX: left + width / 2 + 80 * Math.sin(turn), clientY: top + height / 2 + 80 * Math.cos(turn) };
      canvas.dispatchEvent(new PointerEvent('pointermove', { ...place, pointerId: 1, buttons: 1, bubbles: true }));
    }, ${between});
    await new Promise((resolve) => setTimeout(resolve, ${1000 * seconds}));
    clearInterval(turning);
    return frames.size / ((performance.now() - start) / 1000);
  })()`);
  await mouse.up();
  return frames as number;
}
