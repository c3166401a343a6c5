import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SaveError } from '../../src/errors.js';
import type { LogEvent } from '../../src/logs/event.js';
import { type Checkpoint, readCheckpoint } from '../../src/save/checkpoint.js';
import { startDownload } from '../../src/save/download.js';
import { parseOutputPath } from '../../src/save/output-path.js';
import { toEvent } from '../logs/fixtures.js';
import { compileUtcTime } from '../render/fixtures.js';
import { checkpointBytes, complete, contents, events, optionsOf, remaining, render, saved } from './downloads.js';
import { temporaryFolder } from './folder.js';

test.each(['x.log', 'x.log.gz', '{stream}.log', 'in/{stream}.log.gz'])(
  '%s: the bytes do not depend on how the events come',
  async (name) => {
    const expected = await saved(name, [events]);
    await fc.assert(
      fc.asyncProperty(pagesOf(events), async (pages) => {
        expect(await saved(name, pages)).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  },
);

test.each(['x.log', 'x.log.gz', '{stream}.log', 'in/{stream}.log.gz'])(
  '%s: killed anywhere and resumed in other pages, it has the bytes of one that was not',
  async (name) => {
    const expected = await saved(name, [events]);
    await fc.assert(
      fc.asyncProperty(pagesOf(events), fc.nat(), pagesOf(events), async (pages, cut, later) => {
        const folder = temporaryFolder();
        const killed = await startDownload(optionsOf(folder, name));
        for (const page of pages.slice(0, cut % (pages.length + 1))) await killed.write(page);
        // Nothing is told to it: so does kill -9.
        const from = await readCheckpoint(join(folder, 'resume'));
        await complete(folder, name, remaining(later, from), from);
        expect(contents(folder)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  },
);

test.each(['x.log', 'x.log.gz', '{stream}.log', 'in/{stream}.log.gz'])(
  '%s: every checkpoint is one to go on from, also when what follows it was written already',
  async (name) => {
    const expected = await saved(name, [events]);
    for (let count = 1; count < events.length; count += 9) {
      const folder = temporaryFolder();
      const interrupted = await startDownload(optionsOf(folder, name));
      await interrupted.write(events.slice(0, count));
      await interrupted.interrupt();
      expect(textOf(folder)).toBe(count);
      const from = await readCheckpoint(join(folder, 'resume'));
      await complete(folder, name, remaining([events], from), from);
      expect(contents(folder)).toEqual(expected);
    }
  },
);

test('checkpoints come at the record that fills the measure and nowhere else', async () => {
  const folder = temporaryFolder();
  const download = await startDownload(optionsOf(folder, 'x.log'));
  // Ten bytes a line: the twentieth fills it.
  const lines = Array.from({ length: 45 }, (_, at) =>
    toEvent({ timestamp: at, eventId: `${at}`, message: '123456789' }),
  );
  const positions: (number | undefined)[] = [];
  for (const line of lines) {
    await download.write([line]);
    positions.push((await readCheckpoint(join(folder, 'resume')))?.position?.timestamp);
  }
  expect(positions).toEqual([...Array(19).fill(undefined), ...Array(20).fill(19), ...Array(6).fill(39)]);
});

test('compressed members are closed at checkpoints, and concatenated they are the text', async () => {
  const folder = temporaryFolder();
  const files = await complete(folder, 'x.log.gz', [events]);
  const bytes = readFileSync(join(folder, 'x.log.gz'));
  expect(gunzipSync(bytes).toString()).toBe(render(events));
  expect(bytes.toString('latin1').split('\x1f\x8b\x08').length - 1).toBe(Math.ceil(sizeInCheckpoints(events)));
  expect(files).toMatchObject([{ events: 120, bytes: bytes.length, firstEventId: '0', lastEventId: '119' }]);
});

test.each([
  ['x.log', ''],
  ['x.log.gz', ''],
])('%s without an event is a file that holds nothing', async (name, text) => {
  const folder = temporaryFolder();
  expect(await complete(folder, name, [])).toMatchObject([{ events: 0 }]);
  const bytes = readFileSync(join(folder, name));
  expect((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()).toBe(text);
  expect(name.endsWith('.gz')).toBe(bytes.length > 0);
});

test('nothing is on the disk before the first event, not even when it ends there', async () => {
  const folder = temporaryFolder();
  const download = await startDownload(optionsOf(folder, 'in/x.log', { force: true }));
  await download.write([]);
  await download.interrupt();
  expect(readdirSync(folder)).toEqual([]);
  expect(download.upToMs).toBeUndefined();
});

test('events of the same timestamp that were written are dropped when they come again, new ones are not', async () => {
  const folder = temporaryFolder();
  const first = toEvent({ timestamp: 5, eventId: 'a', message: 'x'.repeat(checkpointBytes) });
  await (await startDownload(optionsOf(folder, 'x.log'))).write([first]);
  const from = await readCheckpoint(join(folder, 'resume'));
  const again = [
    first,
    toEvent({ timestamp: 5, eventId: 'a', logGroupName: '/other', message: 'other group' }),
    toEvent({ timestamp: 5, eventId: 'b', message: 'other id' }),
    toEvent({ timestamp: 6, eventId: 'a', message: 'other time' }),
  ];
  expect(await complete(folder, 'x.log', [again], from)).toMatchObject([{ events: 4, lastEventId: 'a' }]);
  expect(readFileSync(join(folder, 'x.log'), 'utf8')).toBe(`${first.message}\nother group\nother id\nother time\n`);
});

test.each<[string, (path: string) => void]>([
  ['one byte is another', (path) => writeFileSync(path, readFileSync(path, 'utf8').replace('1', '2'))],
  ['it is shorter', (path) => writeFileSync(path, readFileSync(path).subarray(1))],
  ['it is empty', (path) => writeFileSync(path, '')],
])('a file that has changed in between is refused and left alone: %s', async (_, change) => {
  const folder = temporaryFolder();
  const path = join(folder, 'x.log');
  await (await startDownload(optionsOf(folder, 'x.log'))).write(events);
  change(path);
  const before = readFileSync(path);
  const from = await readCheckpoint(join(folder, 'resume'));
  await expect(startDownload(optionsOf(folder, 'x.log', { from }))).rejects.toThrow('has changed');
  expect(readFileSync(path)).toEqual(before);
});

test('what was written after the checkpoint is cut off', async () => {
  const folder = temporaryFolder();
  await (await startDownload(optionsOf(folder, 'x.log'))).write(events.slice(0, 60));
  const from = await readCheckpoint(join(folder, 'resume'));
  appendFileSync(join(folder, 'x.log'), 'torn li');
  await startDownload(optionsOf(folder, 'x.log', { from }));
  expect(statSync(join(folder, 'x.log')).size).toBe(from?.files[0]?.bytes);
});

test('an error in the middle keeps the last checkpoint, and what is said to have come is what it holds', async () => {
  const folder = temporaryFolder();
  const download = await startDownload(optionsOf(folder, '{stream}/x.log'));
  await download.write(events.slice(0, 30));
  const before = readFileSync(join(folder, 'resume'), 'utf8');
  writeFileSync(join(folder, 'blocked'), '');
  const blocked = toEvent({
    timestamp: 10,
    eventId: 'b',
    logStreamName: 'blocked',
    message: 'x'.repeat(checkpointBytes),
  });
  await expect(download.write([blocked])).rejects.toThrow(SaveError);
  await download.interrupt();
  const { started, ...checkpoint } = JSON.parse(readFileSync(join(folder, 'resume'), 'utf8')) as Checkpoint;
  expect(checkpoint).toEqual({ ...JSON.parse(before), started: undefined });
  expect(started).toContain(join(folder, 'blocked/x.log'));
  expect(download.upToMs).toBe(checkpoint.position?.timestamp);
});

test.runIf(existsSync('/dev/full'))('a full disk is an error that names the file', async () => {
  const folder = temporaryFolder();
  const output = parseOutputPath('/dev/full', compileUtcTime);
  const download = await startDownload({ ...optionsOf(folder, 'x'), output });
  await expect(download.write(events)).rejects.toThrow(/"\/dev\/full": ENOSPC/);
});

/** How many events the files hold. */
function textOf(folder: string): number {
  return (
    Object.entries(contents(folder))
      .map(([name, text]) => (name.endsWith('.gz') ? gunzipSync(Buffer.from(text, 'latin1')).toString() : text))
      .join('')
      .split('\n').length - 1
  );
}

function pagesOf(all: readonly LogEvent[]): fc.Arbitrary<LogEvent[][]> {
  return fc.array(fc.nat({ max: all.length }), { maxLength: 12 }).map((cuts) => {
    const edges = [0, ...cuts.sort((a, b) => a - b), all.length];
    return edges.slice(1).map((end, at) => all.slice(edges[at], end));
  });
}

/** Records are whole, so that a checkpoint comes a little after its measure. */
function sizeInCheckpoints(all: readonly LogEvent[]): number {
  let count = 0;
  let bytes = 0;
  for (const event of all) {
    bytes += Buffer.byteLength(render([event]));
    if (bytes < checkpointBytes) continue;
    count += 1;
    bytes = 0;
  }
  return count + (bytes > 0 ? 1 : 0);
}
