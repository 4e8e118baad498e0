/* Canvases in lit's templates: `<canvas ${paint(picture, dependencies)}>` is drawn when a dependency changes. */
import { noChange, type ElementPart } from 'lit';
import { directive, Directive } from 'lit/directive.js';

/** Draws on a canvas; sets its size in pixels first. */
export type Picture = (canvas: HTMLCanvasElement) => void;

class Paint extends Directive {
  private drawn: readonly unknown[] | undefined;

  override render(_picture: Picture, _dependencies: readonly unknown[]): unknown {
    return noChange;
  }

  override update(part: ElementPart, [picture, dependencies]: [Picture, readonly unknown[]]): unknown {
    const same = this.drawn?.length === dependencies.length && dependencies.every((each, i) => Object.is(each, this.drawn![i]));
    if (!same) {
      this.drawn = dependencies;
      picture(part.element as HTMLCanvasElement);
    }
    return noChange;
  }
}

export const paint = directive(Paint);
