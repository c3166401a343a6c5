import { setTimeout as sleep } from 'node:timers/promises';

/** Yields values as they come, and undefined whenever none has come for a while. */
export async function* withTicks<Value>(
  values: AsyncGenerator<Value>,
  tickMs: number,
  signal: AbortSignal,
): AsyncGenerator<Value | undefined> {
  let next = values.next();
  try {
    for (;;) {
      const isOver = new AbortController();
      const tick = sleep(tickMs, undefined, { signal: AbortSignal.any([signal, isOver.signal]) }).catch(
        () => undefined,
      );
      // Stopped, it is the values that say so.
      const result = await (signal.aborted ? next : Promise.race([next, tick]));
      isOver.abort();
      if (result?.done === true) return;
      if (result === undefined && signal.aborted) continue;
      yield result?.value;
      if (result !== undefined) next = values.next();
    }
  } finally {
    // Neither is waited for: a value may never come.
    next.catch(() => {});
    values.return(undefined).catch(() => {});
  }
}
