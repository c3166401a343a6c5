import type { RetryErrorInfo, RetryStrategyV2, SdkError } from '@smithy/types';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ForeignAnswerError } from '../../src/errors.js';
import { createRetryStrategy } from '../../src/logs/retry.js';
import { toException } from './fixtures.js';

let waits: number[] = [];

beforeEach(() => {
  waits = [];
});
afterEach(() => vi.useRealTimers());

async function atOnce(): Promise<void> {}

async function noted(ms: number): Promise<void> {
  waits.push(ms);
}

test('a client that is done waits no longer', async () => {
  const stopped = new AbortController();
  const strategy = createRetryStrategy({ random: () => 1, signal: stopped.signal });
  const waiting = strategy.refreshRetryTokenForRetry(await strategy.acquireInitialRetryToken(''), throttle);
  stopped.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});

const throttle = toFailed('THROTTLING', 'ThrottlingException');
const internal = toFailed('SERVER_ERROR', 'InternalFailure');
const reset = toFailed('TRANSIENT', 'Error', { code: 'ECONNRESET' });

test.each([
  ['a throttle', 10, throttle],
  ['a failure inside the service', 10, internal],
  ['a service that is unavailable', 10, toFailed('SERVER_ERROR', 'ServiceUnavailableException')],
  ['a body that ended early as JSON', 10, toFailed('CLIENT_ERROR', 'SyntaxError')],
  ['too many queries or tasks', 1, toFailed('THROTTLING', 'LimitExceededException')],
  ['a bad parameter', 1, toFailed('CLIENT_ERROR', 'InvalidParameterException')],
  ['a missing group', 1, toFailed('CLIENT_ERROR', 'ResourceNotFoundException')],
  ['a denied action', 1, toFailed('CLIENT_ERROR', 'AccessDeniedException')],
  ['a name that does not resolve', 3, toFailed('TRANSIENT', 'Error', { code: 'ENOTFOUND' })],
  ['a refused connection', 3, toFailed('TRANSIENT', 'Error', { code: 'ECONNREFUSED' })],
  ['a connection that never opens', 3, toFailed('TRANSIENT', 'TimeoutError')],
])('%s is tried %i times', async (_, attempts, failed) => {
  expect(await attemptsOf(createRetryStrategy({ wait: atOnce }), [failed])).toBe(attempts);
});

test('a lost connection is tried ten times once anything has succeeded', async () => {
  const strategy = createRetryStrategy({ wait: atOnce });
  strategy.recordSuccess(await strategy.acquireInitialRetryToken(''));
  expect(await attemptsOf(strategy, [reset])).toBe(10);
});

test('a service that throttles has been reached: a lost connection after it is tried on', async () => {
  expect(await attemptsOf(createRetryStrategy({ wait: atOnce }), [throttle, throttle, throttle, reset])).toBe(10);
});

const fault = toFailed('SERVER_ERROR', 'InternalFailure', { $metadata: { httpStatusCode: 500 } });

describe('in an outage that is to end at some time', () => {
  test('the last wait ends there, and nothing is tried after it', async () => {
    let nowMs = 0;
    const wait = async (ms: number) => {
      nowMs += ms;
    };
    const strategy = createRetryStrategy({ random: () => 1, wait, clock: () => nowMs, outageEndMs: () => 1_000 });
    // At 0, 200, 600 and 1,000 ms.
    expect(await attemptsOf(strategy, [fault])).toBe(4);
    expect(nowMs).toBe(1_000);
    expect(await attemptsOf(strategy, [fault])).toBe(1);
  });

  test('without an end, all attempts are made', async () => {
    const strategy = createRetryStrategy({ wait: atOnce, outageEndMs: () => undefined });
    expect(await attemptsOf(strategy, [fault])).toBe(10);
  });
});

test.each([
  ['a page of a proxy', new ForeignAnswerError(200, 'text/html'), {}, 1],
  ['the same at an address of ours', new ForeignAnswerError(200, 'text/html'), { foreignAttempts: 3 }, 1],
  ['a load balancer in trouble', new ForeignAnswerError(502, 'text/html'), {}, 10],
  ['a server in trouble at an address of ours', new ForeignAnswerError(501, 'text/html'), { foreignAttempts: 3 }, 3],
  ['something else at an address of ours', new ForeignAnswerError(200, ''), { foreignAttempts: 3 }, 3],
])('%s is asked again as often as it may help', async (_, error, options, attempts) => {
  const failed: RetryErrorInfo = { errorType: 'CLIENT_ERROR', error: error as SdkError };
  expect(await attemptsOf(createRetryStrategy({ wait: atOnce, ...options }), [failed])).toBe(attempts);
});

test('the failure itself is thrown when attempts run out', async () => {
  const strategy = createRetryStrategy({ wait: atOnce });
  const token = await strategy.acquireInitialRetryToken('');
  const denied = toFailed('CLIENT_ERROR', 'AccessDeniedException');
  await expect(strategy.refreshRetryTokenForRetry(token, denied)).rejects.toBe(denied.error);
});

test('one request that runs out of attempts leaves the next its own ten', async () => {
  const strategy = createRetryStrategy({ wait: atOnce });
  const counts = [];
  for (let request = 0; request < 20; request++) counts.push(await attemptsOf(strategy, [throttle]));
  expect(counts).toEqual(Array(20).fill(10));
});

test.each([
  ['a failure', internal, [200, 400, 800, 1_600, 3_200, 6_400, 12_800, 20_000, 20_000]],
  ['a throttle', throttle, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000, 20_000]],
])('the longest waits after %s double up to 20 s', async (_, failed, delays) => {
  expect(await delaysOf(createRetryStrategy({ random: () => 1, wait: noted }), failed)).toEqual(delays);
});

test('jitter is full: any part of the longest wait', async () => {
  expect(await delaysOf(createRetryStrategy({ random: () => 0, wait: noted }), internal)).toEqual(Array(9).fill(0));
  expect((await delaysOf(createRetryStrategy({ random: () => 0.5, wait: noted }), internal)).slice(0, 3)).toEqual([
    100, 200, 400,
  ]);
});

test('a refusal that the SDK lays to its clock is made once more, a throttle as often as ever', async () => {
  const skewed = { $metadata: { clockSkewCorrected: true } };
  const refused = toFailed('TRANSIENT', 'ResourceNotFoundException', skewed);
  expect(await attemptsOf(createRetryStrategy({ wait: noted }), [refused])).toBe(2);
  const throttled = toFailed('TRANSIENT', 'ThrottlingException', skewed);
  expect(await attemptsOf(createRetryStrategy({ wait: noted }), [throttled])).toBe(10);
});

test.each([
  ['a wait that the service asks for is kept', 5_000, 5_000],
  ['a longer one is cut to 20 s', 90_000, 20_000],
  ['a shorter one does not shorten ours', 50, 200],
])('%s', async (_, hintMs, delayMs) => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 });
  const strategy = createRetryStrategy({ random: () => 1, wait: noted });
  const token = await strategy.acquireInitialRetryToken('');
  const asked = { ...internal, retryAfterHint: new Date(1_000_000 + hintMs) };
  await strategy.refreshRetryTokenForRetry(token, asked);
  expect(waits).toEqual([delayMs]);
});

function toFailed(errorType: RetryErrorInfo['errorType'], name: string, more: object = {}): RetryErrorInfo {
  return { errorType, error: toException(name, 'failed', more) as SdkError };
}

/** How often a request is sent that fails in this order, and then on and on as it did last. */
async function attemptsOf(strategy: RetryStrategyV2, failures: readonly [RetryErrorInfo, ...RetryErrorInfo[]]) {
  const queue = [...failures];
  let token = await strategy.acquireInitialRetryToken('');
  let failed = failures[0];
  for (let attempts = 1; ; attempts++) {
    failed = queue.shift() ?? failed;
    try {
      token = await strategy.refreshRetryTokenForRetry(token, failed);
    } catch {
      return attempts;
    }
  }
}

async function delaysOf(strategy: RetryStrategyV2, failed: RetryErrorInfo): Promise<number[]> {
  waits = [];
  let token = await strategy.acquireInitialRetryToken('');
  while (waits.length < 9) token = await strategy.refreshRetryTokenForRetry(token, failed);
  return waits;
}
