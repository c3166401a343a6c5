import { afterAll, describe, expect, test, vi } from 'vitest';
import { main } from '../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { endpointEnv } from '../support/endpoint-env.js';
import { type MemoryIo, memoryIo } from '../support/memory-io.js';

// Polls come every second.
vi.setConfig({ testTimeout: 30_000 });

// One each: these tests wait for polls, and do so together.
const endpoints: LocalEndpoint[] = [];
afterAll(() => Promise.all(endpoints.map((endpoint) => endpoint.close())));

describe('the newest lines', () => {
  test.each([
    ['found, though many others are newer', "-n 3 -g 'E(R)ROR'", '101 ERROR\n200 ERROR\n201 ERROR\n'],
    ['found by the service', '-n 3 -g ERROR', '101 ERROR\n200 ERROR\n201 ERROR\n'],
    ['all but some', '-n 2 -v 29 -v 8', '277\n279\n'],
    ['as many as there are', "-n 20 -g '^.{7}$' -g x", '0 ERROR\n1 ERROR\n'],
    ['with what is around', '-n 2 -g ERROR -B 1 -A 2', '198\n200 ERROR\n202\n204\n--\n199\n201 ERROR\n203\n205\n'],
    ['with what is around, by a filter', '-n 1 --filter ERROR -C 1', '199\n201 ERROR\n203\n'],
    ['of a time', '--start 10m -g 201 -C 1', '199\n201 ERROR\n203\n'],
    ['with what is around, others like it as well', '-n 1 -g 20[0-3] -B 2', '199\n201 ERROR\n203\n'],
    ['until so many were found', '-g ERROR -n 4 -B 1 --until-match 101', '98\n100 ERROR\n--\n99\n101 ERROR\n'],
  ])('%s', async (_, options, expected) => {
    const { io, tail, put } = await start();
    for (let at = 0; at < 300; at++)
      put(at % 2 === 0 ? 'a' : 'b', `${at}${at % 100 < 2 ? ' ERROR' : ''}`, 300_000 - at);
    expect(await tail(`${options} --no-follow`)).toBe(0);
    expect(io.stdout.text()).toBe(expected);
  });

  test('none found: exit 3 where that was asked for', async () => {
    const { tail, put } = await start();
    put('a', 'one', 1_000);
    expect(await tail("-g 'no such' --no-follow --fail-if-empty")).toBe(3);
  });
});

describe.concurrent('what comes', () => {
  test('only what is found counts, for --until-match as well', async () => {
    const { io, tail, put, asked, shown } = await start();
    const ended = tail("-n 0 -g 'E(R)ROR' --until-match deployed");
    await asked(2);
    put('a', 'INFO deployed', 10);
    put('a', 'ERROR one');
    await shown('ERROR one\n');
    put('b', 'INFO deployed');
    put('a', 'ERROR while it was deployed');
    expect(await ended).toBe(0);
    expect(io.stdout.text()).toBe('ERROR one\nERROR while it was deployed\n');
  });

  test('--idle runs out while nothing is found, whatever else comes', async () => {
    const { io, tail, put } = await start();
    const noise = setInterval(() => put('a', 'INFO'), 200);
    expect(await tail('-n 0 -g ERROR -C 1 --idle 1500ms')).toBe(0);
    clearInterval(noise);
    expect(io.stdout.text()).toBe('');
  });

  test('what was found is shown at once, with what was before it, and what comes after it as it comes', async () => {
    const { io, tail, put, asked, shown } = await start();
    put('a', 'a1', 3_000);
    put('b', 'b1', 2_900);
    put('a', 'a2', 2_800);
    const ended = tail('-n 0 -g ERROR -B 1 -A 2');
    await asked(2);
    put('a', 'a3 ERROR');
    await shown('a2\na3 ERROR\n');
    put('a', 'a4', 30);
    put('b', 'b2 ERROR', 20);
    await shown('a4\n--\nb1\nb2 ERROR\n');
    put('a', 'a5', 10);
    put('a', 'a6');
    await shown('b2 ERROR\n--\na5\n');
    io.interrupt('SIGINT');
    expect(await ended).toBe(0);
    expect(io.stdout.text()).toBe('a2\na3 ERROR\na4\n--\nb1\nb2 ERROR\n--\na5\n');
  });

  test('what was found before goes on with what comes, and nothing is shown twice', async () => {
    const { io, tail, put, shown } = await start();
    put('a', 'a1', 3_000);
    put('a', 'a2 ERROR', 2_900);
    put('a', 'a3', 2_800);
    const ended = tail('-g ERROR -C 3');
    await shown('a3\n');
    put('a', 'a4', 30);
    put('a', 'a5', 20);
    put('a', 'a6', 10);
    put('b', 'b1 ERROR');
    await shown('b1 ERROR\n');
    io.interrupt('SIGINT');
    expect(await ended).toBe(0);
    expect(io.stdout.text()).toBe('a1\na2 ERROR\na3\na4\na5\n--\nb1 ERROR\n');
  });

  test('what was there before is not taken for what comes after', async () => {
    const { io, tail, put, shown } = await start();
    for (const [at, message] of ['a0', 'a1', 'a2 ERROR'].entries()) put('a', message, 20_000 - at);
    const ended = tail('-g ERROR -B 1 -A 2');
    await shown('a2 ERROR\n');
    put('a', 'a3');
    await shown('a3\n');
    io.interrupt('SIGINT');
    expect(await ended).toBe(0);
    expect(io.stdout.text()).toBe('a1\na2 ERROR\na3\n');
  });

  test('records are joined, those of the past as well, and shown when nothing has come for a while', async () => {
    const { io, tail, put, asked, shown } = await start();
    put('a', 'S old', 60_000);
    put('a', ' at x', 59_999);
    put('a', 'S newer', 50_000);
    const ended = tail("-n 1 -g at --multiline '^S' --until-match y");
    await shown('S old\n at x\n');
    await asked(4);
    put('a', 'S new', 2);
    put('a', ' at y', 1);
    expect(await ended).toBe(0);
    expect(io.stdout.text()).toBe('S old\n at x\nS new\n at y\n');
  });

  test('a record that is held back is shown at the end', async () => {
    const { io, tail, put, asked } = await start();
    const ended = tail("-n 0 --multiline '^S' --for 2s");
    await asked(2);
    put('a', 'S new', 1);
    put('a', ' at y');
    expect(await ended).toBe(0);
    expect(io.stdout.text()).toBe('S new\n at y\n');
  });

  test('fetch --follow shows what is around, from the start of the range', async () => {
    const { io, put, shown } = await start();
    put('a', 'one', 3_000);
    put('a', 'two ERROR', 2_000);
    const ended = main(['fetch', '/g', '--start', '1h', '-f', '-g', 'ERROR', '-C', '1', '--limit', '2'], io);
    await shown('one\ntwo ERROR\n');
    put('b', 'three ERROR');
    expect(await ended).toBe(0);
    expect(io.stdout.text()).toBe('one\ntwo ERROR\n--\nthree ERROR\n');
  });
});

/** Starts an endpoint with a group, and what a test does to it. */
async function start() {
  const endpoint = await startEndpoint();
  endpoints.push(endpoint);
  endpoint.store.createGroup('/g');
  const io: MemoryIo = { ...memoryIo({ env: endpointEnv(endpoint) }), now: Date.now };
  let written = 0;
  return {
    io,
    tail(options: string): Promise<number> {
      const words = options.match(/'[^']*'|\S+/g) ?? [];
      return main(['tail', '/g', ...words.map((word) => word.replaceAll("'", ''))], io);
    },
    /** Writes an event of so many milliseconds ago; those of the past have arrived long since. */
    put(stream: string, message: string, ageMs = 0): void {
      written += 1;
      const nowMs = Date.now();
      const arrivedMs = ageMs > 10_000 ? nowMs - ageMs : nowMs + written;
      endpoint.store.seedEvents('/g', stream, [{ timestamp: nowMs - ageMs, message }], arrivedMs);
    },
    /** Waits until so many requests were made: it follows by then. */
    asked(filters: number): Promise<void> {
      const count = (): number => endpoint.requests.get('FilterLogEvents') ?? 0;
      return vi.waitFor(() => expect(count()).toBeGreaterThanOrEqual(filters), { timeout: 20_000 });
    },
    shown(text: string): Promise<void> {
      return vi.waitFor(() => expect(io.stdout.text()).toContain(text), { timeout: 20_000 });
    },
  };
}
