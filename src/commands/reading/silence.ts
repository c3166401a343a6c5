import { networkCodeOf } from '../../failures.js';
import type { Reporter } from '../../io.js';
import type { Attempt } from '../../logs/client.js';

/** Watches for the first answer of a run. */
export interface SilenceWatch {
  /** Requests are about to be made, to this place. */
  start(place: string): void;
  /** Any answer ends the watch, also a refusal. */
  heard(attempt: Attempt): void;
}

/** Failing attempts take minutes where a service accepts connections and says nothing: a person wants a word before. */
const patienceMs = 5_000;

/** Makes what says on a terminal that nothing has answered yet, once. */
export function watchSilence(reporter: Reporter): SilenceWatch {
  let timer: NodeJS.Timeout | undefined;
  return {
    start(place) {
      clearTimeout(timer);
      timer = setTimeout(() => void reporter.notice(`no answer yet from ${place}; still waiting`), patienceMs);
      timer.unref();
    },
    heard({ error }) {
      if (networkCodeOf(error) === undefined) clearTimeout(timer);
    },
  };
}

/** Where requests go, in words: the address that was given, else the regions. */
export function placeOf(endpoint: string | undefined, regions: readonly string[]): string {
  return endpoint ?? `CloudWatch Logs in ${regions.join(', ')}`;
}
