/** A signal that comes a little later: for a request whose answer tells what there is to stop. */
export function lateSignal(signal: AbortSignal, delayMs: number): AbortSignal {
  const later = new AbortController();
  const abort = (): void => void setTimeout(() => later.abort(signal.reason), delayMs).unref();
  signal.addEventListener('abort', abort, { once: true });
  return later.signal;
}
