/** What the process says with its exit code (DESIGN §1). Supervisors depend on these. */
export const EXIT = {
  ok: 0,
  /** A bug. */
  failed: 1,
  /** Bad configuration: one line on stderr names the option, variable or JSON path. */
  badConfiguration: 2,
  /** Another server holds the data dir, the command needs it stopped, or needs one that runs. */
  busy: 3,
  /** The engine stopped itself rather than risk a promise; start it again. */
  engineStopped: 4,
} as const;
