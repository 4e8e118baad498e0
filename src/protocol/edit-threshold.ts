/* A threshold that is moved in a panel, as an edit of the text. */
import type { WireLocation } from './commands';
import type { RequestMethod } from './methods';
import type { CaseReference } from './runs';

export interface EditThresholdParams extends CaseReference {
  /** A threshold that the case has, a share; one of the defaults when its text names none. */
  readonly from: number;
  /** What it shall be; written in whole percents. */
  readonly to: number;
}

export type EditThresholdAnswer =
  /** To put `newText` in the place of `range`, which may be empty, of the open document. */
  | { readonly kind: 'edit'; readonly range: WireLocation['range']; readonly newText: string }
  /** The text has no such case, or the case no such threshold. */
  | { readonly kind: 'absent' };

export const editThreshold: RequestMethod<EditThresholdParams, EditThresholdAnswer> = { method: 'xdesign/editThreshold' };
