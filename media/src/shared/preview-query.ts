/* The preview that a panel has requested of the file as it is being typed: one at a time, requested again when the file or the image changes. */
import type { PreviewResponse } from '#protocol/preview';

export interface PreviewQuery {
  /** The text was typed in; without a version it was closed, and nothing is previewed. */
  typed(version: number | undefined): void;
  /** For an image, or for the best design's; the last response for the same image until the newest is there. */
  of(image: number | undefined): PreviewResponse | undefined;
  /** Whether the response was waited for. */
  receive(id: number, response: PreviewResponse): boolean;
  /** A run has got further: what could not be previewed may be now. */
  requestAgain(): void;
}

export type RequestPreview = (query: { readonly id: number; readonly version: number; readonly image?: number }) => void;

export function createPreviewQuery(send: RequestPreview): PreviewQuery {
  let version: number | undefined;
  let count = 0;
  let requested: { readonly id: number; readonly version: number; readonly image: number | undefined } | undefined;
  let known: { readonly image: number | undefined; readonly response: PreviewResponse } | undefined;
  return {
    typed(next) {
      version = next;
      if (next === undefined) requested = known = undefined;
    },
    of(image) {
      if (version === undefined) return undefined;
      if (requested?.version !== version || requested.image !== image) {
        requested = { id: ++count, version, image };
        send({ id: count, version, ...(image !== undefined && { image }) });
      }
      return known?.image === image ? known?.response : undefined;
    },
    receive(id, response) {
      // A newer query follows what is superseded.
      if (requested?.id !== id || response.kind === 'superseded') return false;
      known = { image: requested.image, response };
      return true;
    },
    requestAgain() {
      if (known?.response.kind !== 'designs') requested = undefined;
    },
  };
}
