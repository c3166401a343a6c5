import fc from 'fast-check';
import { expect, test } from 'vitest';
import { islandsAround } from '../../../src/commands/reading/islands.js';
import type { LogEvent } from '../../../src/logs/event.js';
import { type ContextOptions, createContext } from '../../../src/shape/context.js';
import { toEvent } from '../../logs/fixtures.js';

const streams = ['a', 'b', 'c'];
const rows = 1_600;
/** So that more than a hundred are found within one of the windows that are read as a whole, of which there are four. */
const rowMs = 750;

test('each event around those found comes once, whatever is found where, and however little may be held', async () => {
  const bytes = fc.constantFrom(0, 700, 1024 * 1024);
  const lines = fc.integer({ min: 0, max: 4 });
  const property = fc.asyncProperty(
    fc.integer(),
    lines,
    lines,
    bytes,
    bytes,
    async (seed, before, after, maxHeldBytes, maxRingBytes) => {
      const events = sown(seed);
      const shown = await show(events, { before, after, maxHeldBytes, maxRingBytes });
      for (const stream of streams) {
        const wanted = around(
          events.filter(({ logStreamName }) => logStreamName === stream),
          before,
          after,
        );
        expect(shown.filter(({ logStreamName }) => logStreamName === stream).map(nameOf)).toEqual(wanted.map(nameOf));
      }
    },
  );
  await fc.assert(property, { numRuns: 40 });
});

/** Events of every stream in each row; one of eight or so is found. */
function sown(seed: number): LogEvent[] {
  let state = (Math.abs(seed) % 2_147_483_646) + 1;
  const next = (): number => {
    state = (state * 16_807) % 2_147_483_647;
    return state;
  };
  return Array.from({ length: rows }, (_, row) =>
    streams.map((logStreamName, at) => {
      const timestamp = 1_000_000 + row * rowMs + at;
      const message = `${row}${next() % 8 === 0 ? ' found' : ''}`;
      return toEvent({ logStreamName, timestamp, ingestionTime: timestamp, eventId: String(timestamp), message });
    }),
  ).flat();
}

async function show(events: readonly LogEvent[], options: Required<ContextOptions>): Promise<LogEvent[]> {
  const streamOf = (event: LogEvent): LogEvent[] =>
    events.filter(({ logStreamName }) => logStreamName === event.logStreamName);
  const islands = islandsAround(pagesOf(events.filter(isHit)), {
    context: options,
    stage: createContext(options),
    neighbours: {
      before: async (event, count) =>
        count === 0
          ? []
          : streamOf(event)
              .filter(({ timestamp }) => timestamp < event.timestamp)
              .slice(-count),
      after: (event) => pagesOf(streamOf(event).filter(({ timestamp }) => timestamp > event.timestamp)),
    },
    isHit,
    readAll: (startMs, endMs) => pagesOf(events.filter(({ timestamp }) => timestamp >= startMs && timestamp < endMs)),
    endMs: Number.MAX_SAFE_INTEGER,
  });
  const shown: LogEvent[] = [];
  for await (const blocks of islands) shown.push(...blocks.flatMap((block) => block.events));
  return shown;
}

async function* pagesOf(events: readonly LogEvent[]): AsyncGenerator<readonly LogEvent[]> {
  for (let at = 0; at < events.length; at += 50) yield events.slice(at, at + 50);
}

function around(events: readonly LogEvent[], before: number, after: number): readonly LogEvent[] {
  return events.filter((_, at) => events.slice(Math.max(0, at - after), at + before + 1).some(isHit));
}

function isHit({ message }: LogEvent): boolean {
  return message.endsWith('found');
}

function nameOf({ logStreamName, message }: LogEvent): string {
  return `${logStreamName} ${message}`;
}
