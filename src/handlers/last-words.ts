import { setTimeout } from 'node:timers/promises';

/** What is delivered before the process ends, and what is said where that was not possible. */
export interface LastWords {
  flush(): Promise<void>;
  /** Says, synchronously, that lines are lost, where some are. */
  sayLost(): void;
}

/** The default of a signal ends the process: so long may it last then. */
const graceMs = 5_000;
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** All that has something to deliver: the process is listened to once for them all. */
const open = new Set<LastWords>();

/**
 * Has the last lines delivered before a signal or an uncaught error ends the process, where nobody else has taken
 * charge of those; a process that ends by itself waits for them anyway. Returns what takes it back.
 */
export function flushAtEnd(last: LastWords): () => void {
  if (open.size === 0) {
    for (const name of signals) process.on(name, onSignal);
    process.on('uncaughtException', onError);
  }
  open.add(last);
  return () => {
    if (open.delete(last) && open.size === 0) withdraw();
  };
}

/** All that may have something to say when the process ends: it is listened to once for them all. */
const speakers = new Set<() => void>();

/** Calls `say` when the process ends without having delivered everything. Returns what takes it back. */
export function sayAtExit(say: () => void): () => void {
  if (speakers.size === 0) process.on('exit', onExit);
  speakers.add(say);
  return () => {
    if (speakers.delete(say) && speakers.size === 0) process.removeListener('exit', onExit);
  };
}

function onExit(): void {
  for (const say of speakers) say();
}

function onSignal(name: NodeJS.Signals): void {
  // Others who listen decide when the process ends.
  const isAlone = process.listenerCount(name) === 1;
  void finish().then(() => {
    if (!isAlone) return;
    withdraw();
    process.kill(process.pid, name);
  });
}

function onError(error: unknown): void {
  if (process.listenerCount('uncaughtException') > 1) return;
  void finish().then(() => {
    withdraw();
    // Without a listener it ends the process as it would have at first, with the same words.
    setImmediate(() => {
      throw error;
    });
  });
}

async function finish(): Promise<void> {
  const all = [...open];
  await Promise.race([Promise.all(all.map((last) => last.flush())), setTimeout(graceMs, undefined, { ref: false })]);
  for (const last of all) last.sayLost();
}

function withdraw(): void {
  for (const name of signals) process.removeListener(name, onSignal);
  process.removeListener('uncaughtException', onError);
}
