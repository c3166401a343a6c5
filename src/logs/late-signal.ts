/** Sends a request whose answer tells what there is to stop: the signal that it gets comes a little later. */
export async function withLateSignal<Answer>(
  signal: AbortSignal,
  delayMs: number,
  send: (late: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const late = new AbortController();
  const abort = (): void => void setTimeout(() => late.abort(signal.reason), delayMs).unref();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await send(late.signal);
  } finally {
    // Whoever tries for hours, behind a busy account, would leave one for every try.
    signal.removeEventListener('abort', abort);
  }
}
