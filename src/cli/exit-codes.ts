/** What the command's exit status means. */
export const exitCodes = {
  success: 0,
  /** Findings that are errors, or a run that could not be finished. */
  findings: 1,
  /** Unknown option, missing argument. */
  usage: 2,
  /** A bug of ours, as sysexits.h counts it (EX_SOFTWARE). */
  bug: 70,
  /** Ctrl-C, as shells count it: 128 + SIGINT. */
  interrupted: 130,
} as const;
