/** What stands between two tokens, or before the first and behind the last. */
export interface Gap {
  /** Line breaks; 0 means that both stand in one line. */
  readonly breaks: number;
  /** Blanks or tabs after the line breaks. */
  readonly blanks: string;
}
