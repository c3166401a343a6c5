import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPatience } from '../../../src/commands/reading/patience.js';
import { ServiceError } from '../../../src/errors.js';
import { createReporter } from '../../../src/io.js';
import { memoryIo } from '../../support/memory-io.js';

const lost = failure('Error', { code: 'ECONNRESET' });
const fault = failure('InternalFailure', { $metadata: { httpStatusCode: 500 } });
const expired = failure('ExpiredTokenException');

test.each([
  ['a lost connection', lost],
  ['a service that fails inside', fault],
  ['a throttle', failure('ThrottlingException')],
])('%s in the middle of a run is waited for, a minute long, and said once', async (_, error) => {
  const { judge, io, pass } = patient({});
  const answers = [];
  for (let seconds = 0; seconds <= 80; seconds += 20) {
    answers.push(await judge(error));
    pass(20_000);
  }
  expect(answers).toEqual([true, true, true, false, false]);
  expect(io.stderr.text().match(/trying on for a minute/g)).toHaveLength(1);
});

test('an outage long after another has its own minute', async () => {
  const { judge, pass } = patient({});
  for (let seconds = 0; seconds < 60; seconds += 30) {
    expect(await judge(lost)).toBe(true);
    pass(30_000);
  }
  pass(600_000);
  expect(await judge(lost)).toBe(true);
});

describe('attempts that fail', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const attempt = { operation: 'FilterLogEvents', region: 'eu-west-1', durationMs: 1 };
  const said = 'cwlogs: FilterLogEvents failed in eu-west-1: InternalFailure: failed; ';

  test('for five seconds are said, once, and the minute begins there', async () => {
    const { heard, judge, outageEndMs, io, pass } = patient({});
    heard({ ...attempt, error: fault.cause });
    pass(4_999);
    await vi.advanceTimersByTimeAsync(4_999);
    expect([io.stderr.text(), outageEndMs()]).toEqual(['', undefined]);
    pass(1);
    await vi.advanceTimersByTimeAsync(1);
    heard({ ...attempt, error: fault.cause });
    expect([io.stderr.text(), outageEndMs()]).toEqual([`${said}trying on for a minute\n`, 65_000]);
    pass(59_000);
    expect(await judge(fault)).toBe(true);
    pass(1_000);
    expect(await judge(fault)).toBe(false);
    expect(io.stderr.text()).toBe(`${said}trying on for a minute\n`);
  });

  test('before anything has been read are said without a promise', async () => {
    const { heard, outageEndMs, io } = patient({ begun: false });
    heard({ ...attempt, error: fault.cause });
    await vi.advanceTimersByTimeAsync(5_000);
    expect([io.stderr.text(), outageEndMs()]).toEqual([`${said}it is tried again\n`, undefined]);
  });

  test.each([
    ['an answer', undefined],
    ['a refusal', failure('AccessDeniedException').cause],
  ])('and then %s are nothing to speak of, and end an outage', async (_, error) => {
    const { heard, judge, outageEndMs, io } = patient({});
    heard({ ...attempt, error: fault.cause });
    heard({ ...attempt, error });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(io.stderr.text()).toBe('');
    await judge(fault);
    expect(outageEndMs()).toBe(60_000);
    heard({ ...attempt, error });
    expect(outageEndMs()).toBeUndefined();
  });
});

test('the last wait ends with the minute', async () => {
  const { judge, pass, waits } = patient({});
  await judge(lost);
  pass(59_700);
  await judge(lost);
  expect(waits).toEqual([1_000, 300]);
});

test('before anything has been read a lost connection is a mistake rather than an outage', async () => {
  const { judge, io } = patient({ begun: false });
  expect(await judge(lost)).toBe(false);
  expect(io.stderr.text()).toBe('');
});

test.each([
  ['a denied action', failure('AccessDeniedException')],
  ['a bad parameter', failure('InvalidParameterException')],
  ['a mistake of ours', new TypeError('x is not a function')],
])('%s is not waited for', async (_, error) => {
  expect(await patient({}).judge(error)).toBe(false);
});

test('on a terminal an expired session is waited for until its owner has logged in', async () => {
  const { judge, io } = patient({ isTTY: true });
  for (let times = 0; times < 50; times++) expect(await judge(expired)).toBe(true);
  expect(io.stderr.text().match(/aws sso login --profile prod; waiting/g)).toHaveLength(1);
});

test.each([
  ['in a pipeline', { isTTY: false }],
  ['with keys of the environment, which nobody can renew', { isTTY: true, renewable: false }],
])('%s an expired session ends the run', async (_, setting) => {
  expect(await patient(setting).judge(expired)).toBe(false);
});

test('an interrupted run waits for nothing', async () => {
  const { judge, io } = patient({});
  io.interrupt('SIGINT');
  expect(await judge(lost)).toBe(false);
});

function patient({ begun = true, isTTY = false, renewable = true }) {
  const io = memoryIo({ isTTY });
  let clockMs = 0;
  const waits: number[] = [];
  const {
    survive: judge,
    heard,
    outageEndMs,
  } = createPatience(io, createReporter(io, {}), {
    hasBegun: () => begun,
    renewable,
    clock: () => clockMs,
    wait: async (ms) => void waits.push(ms),
  });
  const pass = (ms: number): void => {
    clockMs += ms;
  };
  return { judge, heard, outageEndMs, io, pass, waits };
}

function failure(name: string, more: object = {}): ServiceError {
  const cause = Object.assign(new Error('failed'), { name, ...more });
  return new ServiceError({ operation: 'FilterLogEvents', cause, region: 'eu-west-1', profile: 'prod' });
}
