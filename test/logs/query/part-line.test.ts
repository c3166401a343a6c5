import { expect, test } from 'vitest';
import { createPartLine } from '../../../src/logs/query/part-line.js';
import type { FinishedQuery } from '../../../src/logs/query/query-job.js';

/** A line whose queries end when they are told to, by where they begin and end. */
function startLine({ concurrency }: { readonly concurrency: number }) {
  const ends = new Map<string, (finished: FinishedQuery) => void>();
  const line = createPartLine(
    { fromS: 0, toS: 8 },
    ({ fromS, toS }) => new Promise((resolve) => ends.set(`${fromS}-${toS}`, resolve)),
    { maxRows: 100, concurrency, oldestFirst: true, cuts: () => true },
  );
  const end = (name: string, matched: number): void => ends.get(name)?.({ queryId: name, matched, sample: {} });
  return { line, ends, end };
}

test('pieces of a part are given though the one place is taken by what is behind them', async () => {
  const { line, ends, end } = startLine({ concurrency: 1 });
  const begins = (name: string) => expect.poll(() => [...ends.keys()]).toContain(name);
  const first = line.next();
  end('0-8', 240);
  await begins('0-2');
  // Its statistics tell of no rows, and yet it is going to be full.
  end('0-2', 0);
  const full = await first;
  expect(full).toMatchObject({ queryId: '0-2' });
  await begins('2-4');
  if (full !== undefined) line.cut(full);
  const next = line.next();
  await begins('0-1');
  end('0-1', 0);
  expect(await next).toMatchObject({ queryId: '0-1' });
});
