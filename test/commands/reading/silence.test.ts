import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { placeOf, watchSilence } from '../../../src/commands/reading/silence.js';
import { createReporter } from '../../../src/io.js';
import { main } from '../../../src/main.js';
import { endpointEnv } from '../../support/endpoint-env.js';
import { memoryIo } from '../../support/memory-io.js';

const notice = 'cwlogs: no answer yet from CloudWatch Logs in eu-west-1; still waiting\n';
const timeout = Object.assign(new Error('timed out'), { name: 'TimeoutError' });
const denied = Object.assign(new Error('no'), { name: 'AccessDeniedException' });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('five seconds', () => {
  test('without any answer are said, once', () => {
    const { watch, io } = watched();
    watch.start('CloudWatch Logs in eu-west-1');
    vi.advanceTimersByTime(4_999);
    expect(io.stderr.text()).toBe('');
    vi.advanceTimersByTime(1);
    expect(io.stderr.text()).toBe(notice);
    vi.advanceTimersByTime(60_000);
    expect(io.stderr.text()).toBe(notice);
  });

  test('with nothing but a lost connection are said as well', () => {
    const { watch, io } = watched();
    watch.start('CloudWatch Logs in eu-west-1');
    watch.heard({ operation: 'FilterLogEvents', region: 'eu-west-1', durationMs: 1_000, error: timeout });
    vi.advanceTimersByTime(5_000);
    expect(io.stderr.text()).toBe(notice);
  });

  test.each([
    ['an answer', undefined],
    ['a refusal', denied],
  ])('after %s are nothing to speak of', (_, error) => {
    const { watch, io } = watched();
    watch.start('CloudWatch Logs in eu-west-1');
    watch.heard({ operation: 'FilterLogEvents', region: 'eu-west-1', durationMs: 10, error });
    vi.advanceTimersByTime(60_000);
    expect(io.stderr.text()).toBe('');
  });
});

test.each([
  ['fetch', ['fetch', 'g', '--start', '1h']],
  ['tail', ['tail', 'g']],
  ['groups', ['groups']],
])('%s of an endpoint that accepts and never answers says on a terminal what it waits for', async (_, words) => {
  const server = createServer(() => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const io = memoryIo({ isTTY: true, env: endpointEnv({ url }) });
  const asked = once(server, 'request');
  const running = main(words, io);
  try {
    await asked;
    vi.advanceTimersByTime(5_000);
    expect(io.stderr.text()).toContain(`cwlogs: no answer yet from ${url}; still waiting\n`);
  } finally {
    io.interrupt('SIGTERM');
    await running;
    server.closeAllConnections();
    server.close();
  }
});

test.each([
  ['http://127.0.0.1:4588', ['us-east-1'], 'http://127.0.0.1:4588'],
  [undefined, ['eu-west-1', 'us-east-1'], 'CloudWatch Logs in eu-west-1, us-east-1'],
])('the place %s %j is %s', (endpoint, regions, place) => {
  expect(placeOf(endpoint, regions)).toBe(place);
});

function watched() {
  const io = memoryIo({ isTTY: true });
  return { io, watch: watchSilence(createReporter(io, {})) };
}
