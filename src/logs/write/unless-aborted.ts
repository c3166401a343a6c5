/**
 * Waits for a promise, or for the signal if that comes first: then it resolves to undefined, and what the promise comes
 * to no longer matters.
 */
export function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    const stop = (): void => resolve(undefined);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    // The listener is taken back: a race against one promise would keep what it was given every time.
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
