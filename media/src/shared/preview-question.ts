/* What a panel has asked about the text as it is being typed: one question at a time, asked again when the text or the image is another one. */
import type { PreviewAnswer } from '#protocol/preview';

export interface PreviewQuestion {
  /** The text was typed in; without a version it was closed, and nothing is previewed. */
  typed(version: number | undefined): void;
  /** For an image, or for the best design's; the last answer for the same image until the newest is there. */
  of(image: number | undefined): PreviewAnswer | undefined;
  /** Whether the answer was waited for. */
  receive(id: number, answer: PreviewAnswer): boolean;
  /** A run has got further: what could not be previewed may be now. */
  askAgain(): void;
}

export type AskPreview = (question: { readonly id: number; readonly version: number; readonly image?: number }) => void;

export function createPreviewQuestion(ask: AskPreview): PreviewQuestion {
  let version: number | undefined;
  let count = 0;
  let asked: { readonly id: number; readonly version: number; readonly image: number | undefined } | undefined;
  let known: { readonly image: number | undefined; readonly answer: PreviewAnswer } | undefined;
  return {
    typed(next) {
      version = next;
      if (next === undefined) asked = known = undefined;
    },
    of(image) {
      if (version === undefined) return undefined;
      if (asked?.version !== version || asked.image !== image) {
        asked = { id: ++count, version, image };
        ask({ id: count, version, ...(image !== undefined && { image }) });
      }
      return known?.image === image ? known?.answer : undefined;
    },
    receive(id, answer) {
      // A newer question follows what is superseded.
      if (asked?.id !== id || answer.kind === 'superseded') return false;
      known = { image: asked.image, answer };
      return true;
    },
    askAgain() {
      if (known?.answer.kind !== 'designs') asked = undefined;
    },
  };
}
