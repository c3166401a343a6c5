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
  /** Whether the service answers: where it does not, that nothing comes says nothing. */
  isAnswering: () => boolean,
): TimeLimit {
  const stop = new AbortController();
  let expired: string | undefined;
  const expire = (flag: string): void => {
    expired ??= flag;
    stop.abort();
  };
  const whole = forMs === undefined ? undefined : setTimeout(() => expire('--for'), forMs);
  const idle =
    idleMs === undefined ? undefined : setTimeout(() => (isAnswering() ? expire('--idle') : idle?.refresh()), idleMs);
  return {
    signal: AbortSignal.any([signal, stop.signal]),
    touch() {
      idle?.refresh();
    },
    expired: () => expired,
    clear() {
      clearTimeout(whole);
      clearTimeout(idle);
    },
  };
}
