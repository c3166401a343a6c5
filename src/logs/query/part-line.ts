import { IncompleteError } from '../../errors.js';
import { cutPart, isOneSecond, type Part } from './parts.js';
import type { FinishedQuery } from './query-job.js';

/** A part whose query is complete. */
export interface FinishedPart extends FinishedQuery {
  readonly part: Part;
}

/** How the parts of a time are run. */
export interface PartLineOptions {
  /** The rows that one query gives at most: a part with as many may have more. */
  readonly maxRows: number;
  readonly concurrency: number;
  readonly oldestFirst: boolean;
  /** Whether parts may be cut further. */
  readonly cuts: (finished: FinishedQuery) => boolean;
}

/** The parts of a time in the order of their results, some of them being queried. */
export interface PartLine {
  /** The next part of which nothing is cut any more; undefined behind the last. */
  next(): Promise<FinishedPart | undefined>;
  /** Puts the pieces of a part where it was: its rows have turned out to be too many. */
  cut(finished: FinishedPart): void;
  /** Resolves when nothing runs any more. */
  settled(): Promise<void>;
}

interface Place {
  readonly part: Part;
  query: Promise<FinishedQuery> | undefined;
  isRunning: boolean;
}

/** Makes a line of one part; parts with too many rows give way to their pieces, as soon as that shows. */
export function createPartLine(
  whole: Part,
  run: (part: Part) => Promise<FinishedQuery>,
  { maxRows, concurrency, oldestFirst, cuts }: PartLineOptions,
): PartLine {
  let line: Place[] = [toPlace(whole)];

  const start = (place: Place): Promise<FinishedQuery> => {
    place.isRunning = true;
    const query = run(place.part).then((finished) => {
      if (finished.matched >= maxRows && cuts(finished)) replace(place, finished.matched);
      return finished;
    });
    place.query = query;
    // A failure is told when its turn has come.
    const free = (): void => {
      place.isRunning = false;
      pump();
    };
    query.then(free, () => {
      place.isRunning = false;
    });
    return query;
  };
  const pump = (): void => {
    const running = line.filter(({ isRunning }) => isRunning).length;
    const waiting = line.filter(({ query }) => query === undefined);
    for (const place of waiting.slice(0, Math.max(0, concurrency - running))) start(place);
  };
  const replace = (place: Place, rows: number): void => {
    if (isOneSecond(place.part)) throw oneSecondFull(place.part, maxRows);
    const pieces = cutPart(place.part, rows, maxRows).map(toPlace);
    line = line.flatMap((each) => (each === place ? (oldestFirst ? pieces : pieces.reverse()) : [each]));
  };

  return {
    async next() {
      for (;;) {
        pump();
        const [head] = line;
        if (head === undefined) return undefined;
        // Where all places are taken by what is behind it, one more is: only the head can be given.
        const finished = await (head.query ?? start(head));
        if (line[0] !== head) continue;
        line = line.slice(1);
        return { ...finished, part: head.part };
      }
    },
    cut({ part, matched }) {
      const place = toPlace(part);
      line = [place, ...line];
      replace(place, Math.max(matched, maxRows));
    },
    async settled() {
      await Promise.allSettled(line.map(({ query }) => query));
    },
  };
}

function toPlace(part: Part): Place {
  return { part, query: undefined, isRunning: false };
}

function oneSecondFull({ fromS }: Part, maxRows: number): IncompleteError {
  const second = new Date(fromS * 1_000).toISOString();
  const most = maxRows.toLocaleString('en-US');
  return new IncompleteError(
    `the one second from ${second} has ${most} rows or more, and a query gives no more than that; filter for fewer`,
  );
}
