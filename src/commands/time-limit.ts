/** Ends a run when its time is up, or when nothing has come for too long. */
export interface TimeLimit {
  /** Aborted by the time as well as by what it was made from. */
  readonly signal: AbortSignal;
  /** Something has come. */
  touch(): void;
  /** The option by which time has run out: `--for`, `--idle`. */
  expired(): string | undefined;
  /** Stops the clock. */
  clear(): void;
}

/** Starts the clock of a run. */
export function startTimeLimit(
  signal: AbortSignal,
  { forMs, idleMs }: { readonly forMs: number | undefined; readonly idleMs: number | undefined },
): TimeLimit {
  const stop = new AbortController();
  let expired: string | undefined;
  const start = (flag: string, ms: number): NodeJS.Timeout =>
    setTimeout(
      () => {
        expired ??= flag;
        stop.abort();
      },
      Math.min(ms, maxTimerMs),
    );
  const whole = forMs === undefined ? undefined : start('--for', forMs);
  let idle = idleMs === undefined ? undefined : start('--idle', idleMs);
  return {
    signal: AbortSignal.any([signal, stop.signal]),
    touch() {
      idle = idle?.refresh();
    },
    expired: () => expired,
    clear() {
      clearTimeout(whole);
      clearTimeout(idle);
    },
  };
}

/** Node takes a longer time for none at all. */
const maxTimerMs = 2 ** 31 - 1;
