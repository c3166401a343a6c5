import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { temporaryFolder } from '../save/folder.js';
import { finished, runBin, runShell, spawnBin } from '../support/bin.js';
import { endpointEnv } from '../support/endpoint-env.js';

const startMs = Date.UTC(2026, 10, 20);
/** Some 30 MB, so that there are several checkpoints; from 20 streams, so that several files are begun late. */
const eventCount = 30_000;
const streams = 20;
const endpoints: LocalEndpoint[] = [];

beforeAll(async () => {
  // One for each kind of output: its requests tell how far that download has come.
  for (let number = 0; number < 3; number++) endpoints.push(await fullEndpoint());
});
afterAll(() => Promise.all(endpoints.map((endpoint) => endpoint.close())));

describe.concurrent('killed at random moments and resumed each time, the bytes are those of an uninterrupted run', () => {
  test.for([
    ['one.log', 14, 0],
    ['one.log.gz', 13, 1],
    ['{stream}.log', 13, 2],
  ] as const)('%s, %d times', { timeout: 120_000 }, async ([name, kills, number], { expect, onTestFinished }) => {
    const endpoint = endpoints[number];
    if (endpoint === undefined) throw new Error('no endpoint');
    const whole = temporaryFolder(onTestFinished);
    const seen = await pagesOf(endpoint, () => runBin(fetchTo(whole, name), endpointEnv(endpoint)));
    const expected = hashesIn(whole);

    let killed = 0;
    while (killed < kills) {
      const folder = temporaryFolder(onTestFinished);
      for (let complete = false; !complete; ) {
        const pages = killed < kills ? 1 + Math.floor(Math.random() * seen.pages) : Number.POSITIVE_INFINITY;
        const ended = await runAndKill(endpoint, [...fetchTo(folder, name), '--resume'], pages);
        if (ended.signal === 'SIGKILL') killed += 1;
        else expect(ended).toMatchObject({ exitCode: 0 });
        complete = ended.exitCode === 0 || isComplete(folder);
      }
      expect(hashesIn(folder)).toEqual(expected);
    }
  });
});

test('the command that an interrupted run prints goes on with it', async () => {
  const [endpoint] = endpoints;
  if (endpoint === undefined) throw new Error('no endpoint');
  const whole = temporaryFolder();
  await runBin(fetchTo(whole, "it's {stream}.log"), endpointEnv(endpoint));
  const folder = temporaryFolder();
  const before = pagesSeen(endpoint);
  const child = spawnBin(fetchTo(folder, "it's {stream}.log"), endpointEnv(endpoint));
  const done = finished(child);
  while (pagesSeen(endpoint) < before + 40) await setImmediate();
  child.kill('SIGINT');
  const { stderr, exitCode } = await done;
  expect(exitCode).toBe(130);
  const [, command] = /^cwlogs: INCOMPLETE up to \S+; continue with: (cwlogs .+)$/m.exec(stderr) ?? [];
  const resumed = await runShell(command ?? '', endpointEnv(endpoint));
  expect(resumed).toMatchObject({ exitCode: 0, stderr: 'cwlogs: complete: 30,000 events, 20 files\n' });
  expect(hashesIn(folder)).toEqual(hashesIn(whole));
});

/** Runs the binary and kills it some time after so many pages were asked for, unless it has ended by then. */
async function runAndKill(endpoint: LocalEndpoint, args: readonly string[], pages: number) {
  const before = pagesSeen(endpoint);
  const child = spawnBin(args, endpointEnv(endpoint));
  const done = finished(child);
  const closed = once(child, 'close');
  let running = true;
  void closed.then(() => {
    running = false;
  });
  while (running && pagesSeen(endpoint) < before + pages) await setImmediate();
  for (let turns = Math.random() * 200; running && turns > 0; turns--) await setImmediate();
  child.kill('SIGKILL');
  return done;
}

/** A kill may come between the removal of the checkpoint and the end of the process. */
function isComplete(folder: string): boolean {
  const names = outputsIn(folder);
  return names.length > 0 && !names.some((name) => /\.resume\.json(\.new)?$/.test(name));
}

function fetchTo(folder: string, name: string): string[] {
  const end = new Date(startMs + eventCount).toISOString();
  return ['fetch', '/many', '--start', new Date(startMs).toISOString(), '--end', end, '-o', join(folder, name)];
}

async function pagesOf(endpoint: LocalEndpoint, run: () => Promise<unknown>): Promise<{ pages: number }> {
  const before = pagesSeen(endpoint);
  await run();
  return { pages: pagesSeen(endpoint) - before };
}

function pagesSeen({ requests }: LocalEndpoint): number {
  return requests.get('FilterLogEvents') ?? 0;
}

/** Without the lock: a killed process leaves it, before its first checkpoint or after the last. */
function outputsIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => !name.endsWith('.lock'));
}

function hashesIn(folder: string): Record<string, string> {
  const entries = outputsIn(folder).map((name) => {
    return [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ] as const;
  });
  return Object.fromEntries(entries);
}

async function fullEndpoint(): Promise<LocalEndpoint> {
  const endpoint = await startEndpoint({ switches: { pageEvents: 400, latencyMs: [1, 3] } });
  endpoint.store.createGroup('/many');
  const filler = Array.from({ length: 100 }, (_, at) => String(at * at)).join(' ');
  for (let stream = 0; stream < streams; stream++) {
    const events = Array.from({ length: eventCount / streams }, (_, index) => ({
      // The streams begin one after another, so that files are begun between checkpoints.
      timestamp: startMs + Math.floor((index * (streams - stream)) / streams) + (eventCount / streams) * stream,
      message: `${stream}/${index} ${filler} ${filler.slice(index % 100)}`,
    }));
    endpoint.store.seedEvents('/many', `s${stream}`, events);
  }
  return endpoint;
}
