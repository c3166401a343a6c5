import { setTimeout } from 'node:timers/promises';

/** What may hold lines when the process ends. */
export interface LineHolder {
  /** Resolves when nothing is held any more. */
  flush(): Promise<void>;
  /** Says that lines are lost, where some are still held. */
  sayLate(): void;
}

/** The default of a signal ends the process: so long may it last then. */
const graceMs = 5_000;
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** All share one listener: two that each found another listening would both leave the process to the other. */
const holders = new Set<LineHolder>();

/**
 * Has the last lines delivered before a signal or an uncaught error ends the process, where nobody else has taken
 * charge of those; a process that ends by itself waits for them anyway. Returns what takes it back.
 */
export function flushAtEnd(holder: LineHolder): () => void {
  if (holders.size === 0) listen();
  holders.add(holder);
  return () => {
    if (holders.delete(holder) && holders.size === 0) unlisten();
  };
}

/** Has something called when the process ends, however it does but by a signal. Returns what takes it back. */
export function callAtExit(call: () => void): () => void {
  if (lastCalls.size === 0) process.on('exit', onExit);
  lastCalls.add(call);
  return () => {
    if (lastCalls.delete(call) && lastCalls.size === 0) process.removeListener('exit', onExit);
  };
}

const lastCalls = new Set<() => void>();

function onExit(): void {
  for (const call of lastCalls) call();
}

function listen(): void {
  for (const name of signals) process.on(name, onSignal);
  process.on('uncaughtException', onError);
}

function unlisten(): void {
  for (const name of signals) process.removeListener(name, onSignal);
  process.removeListener('uncaughtException', onError);
}

function onSignal(name: NodeJS.Signals): void {
  // Others who listen decide whether the process ends, and when.
  const isAlone = process.listenerCount(name) === 1;
  void finish().then(() => {
    if (!isAlone) return;
    // A signal ends the process without the event `exit`.
    for (const holder of holders) holder.sayLate();
    unlisten();
    process.kill(process.pid, name);
  });
}

function onError(error: unknown): void {
  if (process.listenerCount('uncaughtException') > 1) return;
  void finish().then(() => {
    unlisten();
    // Without a listener it ends the process as it would have at first, with the same words.
    setImmediate(() => {
      throw error;
    });
  });
}

async function finish(): Promise<void> {
  const patience = setTimeout(graceMs, undefined, { ref: false });
  await Promise.race([Promise.allSettled([...holders].map((holder) => holder.flush())), patience]);
}
