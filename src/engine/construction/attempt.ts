/** The reasons why a patch gives no design; stored artifacts name a reason by its index in this list. */
export const rejectionReasons = ['no-overlap', 'patch-too-small', 'no-branch', 'struts-too-thin', 'fraction-window-too-narrow', 'no-gradient', 'edges-do-not-match', 'shift-too-large', 'no-evidence'] as const;
export type Rejection = (typeof rejectionReasons)[number];

/** A value, or the reason why there is none: many patches are rejected in ordinary runs, and reports count the reasons. */
export type Attempt<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: Rejection };

/** One sentence per reason. */
export const rejectionMessages: Readonly<Record<Rejection, string>> = {
  'no-overlap': 'The activation maps have no pixel in common above the threshold.',
  'no-evidence': 'A map shows no positive evidence in this image: it is zero or negative everywhere.',
  'patch-too-small': 'The critical region is smaller than the smallest patch.',
  'no-branch': 'No part of the skeleton lies inside the patch.',
  'struts-too-thin': 'The patch has so much skeleton that its struts would be too thin for the pixels of the cell.',
  'fraction-window-too-narrow': 'No number of white pixels gives a volume fraction within the range at this resolution.',
  'no-gradient': 'At this start no pixel is worth more to the objective than another one, so there is nothing to optimize.',
  'edges-do-not-match': 'The skeleton in the patch does not continue across opposite edges in two directions, so cells in a row would not be connected.',
  'shift-too-large': 'Curves would have to be moved by more than 10 % of the cell to continue across its edges.',
};

/** A successful attempt. */
export function accept<T>(value: T): Attempt<T> {
  return { ok: true, value };
}

/** A rejected attempt. */
export function reject(reason: Rejection): Attempt<never> {
  return { ok: false, reason };
}
