import { createRequire } from 'node:module';

type Casual = typeof import('chrono-node/en')['casual'];

let casual: Casual | undefined;

/** The phrase parser; loaded at the first phrase, since most times are durations or ISO dates and loading takes long. */
export function chronoCasual(): Casual {
  casual ??= (createRequire(import.meta.url)('chrono-node/en') as typeof import('chrono-node/en')).casual;
  return casual;
}
