/*
 * The interactive scatter: dragging pans or selects, the wheel zooms, a click chooses, and keys do the same. While it
 * moves it draws by itself, once per frame; the panel is notified when it rests.
 */
import { noChange, type ElementPart } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive } from 'lit/directive.js';
import { imageKinds } from '#domain/microstructures';
import { between, type DatabaseViewOptions, mappingOf, panned, type PlotArea, type Viewport, zoomed } from './viewport';
import { cloudAt, nearest } from './points';
import { drawScatter, plotArea, type Marked, type Scene } from './draw-scatter';

/** Pixels from the canvas's upper left corner, and the canvas's size. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface PlotSettings {
  readonly scene: Scene;
  /** The viewport when no other one was chosen. */
  readonly whole: Viewport;
  readonly viewport: Viewport | undefined;
  readonly drag: DatabaseViewOptions['drag'];
  /** The viewport has come to rest; undefined is the whole. */
  readonly onViewport: (viewport: Viewport | undefined) => void;
  readonly onBrush: (brush: Viewport | undefined) => void;
  /** The pointer has reached a point, or has left it. */
  readonly onHover: (marked: Marked | undefined, place: Place) => void;
  readonly onChoose: (marked: Marked) => void;
}

/** Pixels around a point that count as the point. */
const reach = 9;
/** Pixels that a press may move and still be a click. */
const stillness = 3;
/** Milliseconds after which a turned wheel rests. */
const rest = 200;

class Plot extends AsyncDirective {
  private canvas: HTMLCanvasElement | undefined;
  private settings!: PlotSettings;
  private viewport!: Viewport;
  private marked: Marked | undefined;
  private press: { readonly x: number; readonly y: number; readonly viewport: Viewport; readonly brushes: boolean; moved: boolean } | undefined;
  private brush: Viewport | undefined;
  private planned = false;
  private resting: ReturnType<typeof setTimeout> | undefined;
  private observer: ResizeObserver | undefined;

  override render(_settings: PlotSettings): unknown {
    return noChange;
  }

  override update(part: ElementPart, [settings]: [PlotSettings]): unknown {
    this.settings = settings;
    if (!this.canvas) this.attach(part.element as HTMLCanvasElement);
    if (!this.press && this.resting === undefined) this.viewport = settings.viewport ?? settings.whole;
    this.redraw();
    return noChange;
  }

  override disconnected(): void {
    this.observer?.disconnect();
    clearTimeout(this.resting);
  }

  private attach(canvas: HTMLCanvasElement): void {
    this.canvas = canvas;
    canvas.addEventListener('pointerdown', (event) => this.down(event));
    canvas.addEventListener('pointermove', (event) => this.move(event));
    canvas.addEventListener('pointerup', (event) => this.up(event));
    canvas.addEventListener('pointerleave', () => this.hover(undefined, 0, 0));
    canvas.addEventListener('dblclick', () => this.settle(undefined));
    canvas.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    canvas.addEventListener('keydown', (event) => this.key(event));
    this.observer = new ResizeObserver(() => this.redraw());
    this.observer.observe(canvas);
  }

  private get area(): PlotArea {
    return plotArea(this.canvas!.clientWidth, this.canvas!.clientHeight);
  }

  private redraw(): void {
    if (this.planned) return;
    this.planned = true;
    requestAnimationFrame(() => {
      this.planned = false;
      this.draw();
    });
  }

  private draw(): void {
    const canvas = this.canvas!;
    const { clientWidth: width, clientHeight: height } = canvas;
    const ratio = devicePixelRatio;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const context = canvas.getContext('2d')!;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const scene = this.brush ? { ...this.settings.scene, brush: this.brush } : this.settings.scene;
    drawScatter(context, width, height, scene, this.viewport, this.marked);
  }

  private down({ offsetX: x, offsetY: y, pointerId, button, shiftKey }: PointerEvent): void {
    if (button !== 0) return;
    this.canvas!.setPointerCapture(pointerId);
    this.press = { x, y, viewport: this.viewport, brushes: (this.settings.drag === 'brush') !== shiftKey, moved: false };
  }

  private move({ offsetX: x, offsetY: y }: PointerEvent): void {
    const { press } = this;
    if (!press) return this.hover(this.pointAt(x, y), x, y);
    if (Math.hypot(x - press.x, y - press.y) > stillness) press.moved = true;
    if (!press.moved) return;
    if (press.brushes) this.brush = between(this.viewport, this.area, press.x, press.y, x, y);
    else this.viewport = panned(press.viewport, this.area, x - press.x, y - press.y);
    this.redraw();
  }

  private up({ offsetX: x, offsetY: y }: PointerEvent): void {
    const { press, brush } = this;
    this.press = this.brush = undefined;
    if (!press) return;
    if (!press.moved) {
      const point = this.pointAt(x, y);
      if (point) this.settings.onChoose(point);
      else if (this.settings.scene.brush) this.settings.onBrush(undefined);
    } else if (press.brushes) this.settings.onBrush(brush);
    else this.settings.onViewport(this.viewport);
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    this.viewport = zoomed(this.viewport, this.area, Math.exp(0.0015 * event.deltaY), event.offsetX, event.offsetY);
    this.restSoon();
  }

  private key(event: KeyboardEvent): void {
    const { x, y, width, height } = this.area;
    const zoom = (factor: number): Viewport => zoomed(this.viewport, this.area, factor, x + width / 2, y + height / 2);
    const pan = (dx: number, dy: number): Viewport => panned(this.viewport, this.area, dx, dy);
    const moves: Readonly<Record<string, () => Viewport>> = {
      ArrowLeft: () => pan(40, 0), ArrowRight: () => pan(-40, 0), ArrowUp: () => pan(0, 40), ArrowDown: () => pan(0, -40),
      '+': () => zoom(0.8), '=': () => zoom(0.8), '-': () => zoom(1.25), 0: () => this.settings.whole,
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    this.viewport = move();
    this.restSoon();
  }

  private restSoon(): void {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.settle(this.viewport), rest);
    this.redraw();
  }

  private settle(viewport: Viewport | undefined): void {
    clearTimeout(this.resting);
    this.resting = undefined;
    this.viewport = viewport ?? this.settings.whole;
    this.settings.onViewport(viewport);
  }

  private hover(marked: Marked | undefined, x: number, y: number): void {
    if (marked?.of === this.marked?.of && marked?.index === this.marked?.index) return;
    this.marked = marked;
    this.canvas!.style.cursor = marked ? 'pointer' : this.settings.drag === 'brush' ? 'crosshair' : 'grab';
    this.settings.onHover(marked, { x, y, width: this.canvas!.clientWidth, height: this.canvas!.clientHeight });
    this.redraw();
  }

  /** The topmost point; designs are above images. */
  private pointAt(x: number, y: number): Marked | undefined {
    const { clouds, hidden } = this.settings.scene;
    const mapping = mappingOf(this.viewport, this.area);
    for (const of of [...clouds.arms.map(({ layer }) => layer), 'images' as const]) {
      const cloud = cloudAt(clouds, of);
      if (!cloud || (of !== 'images' && hidden.has(of))) continue;
      const isShown = of === 'images' ? (i: number) => !hidden.has(imageKinds[clouds.images.families[i]!]!) : () => true;
      const index = nearest(cloud, mapping, x, y, reach, isShown);
      if (index !== undefined) return { of, index };
    }
    return undefined;
  }
}

export const plot = directive(Plot);
