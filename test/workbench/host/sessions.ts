export type SuiteName = 'activation' | 'language' | 'runs' | 'restored';

/** The suites of one workspace in their order: of its first window, and of the same window loaded anew. */
export const sessions: readonly (readonly SuiteName[])[] = [['activation', 'language', 'runs'], ['restored']];
