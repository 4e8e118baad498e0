/*
 * Transparent pixels are seen over black, as `xdesign simulate` sees them. Where that makes another picture than their
 * colors do, or where nothing but transparency distinguishes pixels, the picture is ambiguous.
 */
import type { Result } from '#domain/finding';
import { pictureTransparent } from '../picture-findings';

/** Sees all pixels of a picture, in any order. */
export interface TransparencyCheck {
  see(gray: number, alpha: number): void;
  /** The finding `picture-transparent`, if transparency matters. */
  finding(name: string): Result<never> | undefined;
}

/** `opaque` is the alpha of an opaque pixel. */
export function createTransparencyCheck(opaque: number): TransparencyCheck {
  let pixels = 0;
  let transparent = 0;
  let darkened = 0;
  let [least, most] = [Infinity, -Infinity];
  return {
    see(gray, alpha) {
      pixels++;
      if (gray < least) least = gray;
      if (gray > most) most = gray;
      if (alpha < opaque) {
        transparent++;
        if (gray !== 0) darkened++;
      }
    },
    finding: (name) => (darkened > 0 || (transparent > 0 && least === most) ? pictureTransparent(name, transparent / pixels) : undefined),
  };
}
