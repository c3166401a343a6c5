import { setTimeout } from 'node:timers/promises';

/** The default of a signal ends the process: so long may it last then. */
const graceMs = 5_000;
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * Has the last lines delivered before a signal or an uncaught error ends the process, where nobody else has taken
 * charge of those; a process that ends by itself waits for them anyway. Returns what takes it back.
 */
export function flushAtEnd(flush: () => Promise<void>): () => void {
  const finish = (): Promise<void> => {
    const patience = setTimeout(graceMs, undefined, { ref: false });
    return Promise.race([flush(), patience]);
  };
  const onSignal = (name: NodeJS.Signals): void => {
    // Others who listen decide when the process ends.
    const isAlone = process.listenerCount(name) === 1;
    void finish().then(() => {
      withdraw();
      if (isAlone) process.kill(process.pid, name);
    });
  };
  const onError = (error: unknown): void => {
    if (process.listenerCount('uncaughtException') > 1) return;
    void finish().then(() => {
      withdraw();
      // Without a listener it ends the process as it would have at first, with the same words.
      setImmediate(() => {
        throw error;
      });
    });
  };
  const withdraw = (): void => {
    for (const name of signals) process.removeListener(name, onSignal);
    process.removeListener('uncaughtException', onError);
  };
  for (const name of signals) process.on(name, onSignal);
  process.on('uncaughtException', onError);
  return withdraw;
}
