/** Time as an endpoint knows it; tests hand in one that they move. */
export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Runs something once, so much later; the function it returns calls that off. */
  readonly after: (delayMs: number, run: () => void) => () => void;
}

/** The machine's time. Nothing that is still to run keeps the process alive: the endpoint's listening does. */
export const machineClock: Clock = {
  now: Date.now,
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs).unref();
    return () => clearTimeout(timer);
  },
};
