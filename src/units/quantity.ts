/** Physical dimensions that a specification can name. */
export type Dimension = 'stress' | 'expansion' | 'angle' | 'share' | 'number' | 'temperature-difference';
