/** Addresses are bytes, all other sizes and strides count floats. */
export const FLOAT: usize = 4;
