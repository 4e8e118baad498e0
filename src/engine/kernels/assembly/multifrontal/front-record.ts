/** Positions in a front's record, in bytes; kernels/multifrontal.ts has the same in words. */
export const ELIMINATED: usize = 0 << 2;
export const PADDED: usize = 1 << 2;
export const SIZE: usize = 2 << 2;
export const PANEL: usize = 3 << 2;
export const UPDATE: usize = 4 << 2;
export const VECTORS: usize = 5 << 2;
export const BORDER: usize = 6 << 2;
export const PARENT_VECTORS: usize = 7 << 2;
export const PARENT_MAP: usize = 8 << 2;
export const PARENT_JUMPS: usize = 9 << 2;
export const PARENT_JUMP_COUNT: usize = 10 << 2;
export const FIRST_CHILD: usize = 12 << 2;
export const CHILD_BYTES: usize = 10 << 2;
export const RECORD_BYTES: usize = 32 << 2;

export const CHILD_KIND: usize = 0 << 2;
export const CHILD_SOURCE: usize = 1 << 2;
export const CHILD_LEADING: usize = 2 << 2;
export const CHILD_LIST: usize = 3 << 2;
export const CHILD_LIST_COUNT: usize = 4 << 2;
export const CHILD_JUMPS: usize = 5 << 2;
export const CHILD_JUMP_COUNT: usize = 6 << 2;
export const CHILD_SHAPE: usize = 7 << 2;
export const CHILD_ORIGIN: usize = 8 << 2;

export const LEAF: i32 = 1;
export const FRONT: i32 = 2;

// @ts-ignore: decorator
@inline
export function word(record: usize, field: usize): i32 {
  return load<i32>(record + field);
}
