import { expect, test } from 'vitest';
import { GroupNotFoundError, ServiceError } from '../../../src/errors.js';
import { createOutages, type TailNews } from '../../../src/logs/tail/outages.js';
import { createMovedClock } from './simulation.js';

const one = { logGroup: '/one' };
const two = { logGroup: '/two' };

test('an outage of many sources is said once, and its end once all answer again', () => {
  const { outages, news, clock } = start();
  outages.failed(one, network());
  outages.failed(two, network());
  outages.failed(one, network());
  clock.move(34_000);
  outages.answered(one);
  expect(news.map(({ kind }) => kind)).toEqual(['outage']);
  outages.answered(two);
  expect(news.at(-1)).toEqual({ kind: 'recovered', durationMs: 34_000 });
});

test('waits grow to ten seconds and begin anew after an answer', () => {
  const { outages } = start();
  const waits = Array.from({ length: 6 }, () => outages.failed(one, network()));
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  outages.answered(one);
  expect(outages.failed(one, network())).toBe(1_000);
});

test('one that comes back within a minute is not said again, a later one is', () => {
  const { outages, news, clock } = start();
  const fail = () => {
    outages.failed(one, network());
    clock.move(1_000);
    outages.answered(one);
  };
  fail();
  clock.move(30_000);
  fail();
  expect(news.map(({ kind }) => kind)).toEqual(['outage', 'recovered']);
  clock.move(61_000);
  fail();
  expect(news.map(({ kind }) => kind)).toEqual(['outage', 'recovered', 'outage', 'recovered']);
});

test('a group that is lost while others answer is said once, and that it is back', () => {
  const { outages, news } = start();
  const missing = new GroupNotFoundError('/one', [], refused('ResourceNotFoundException'));
  expect(outages.failed(one, missing)).toBe(5_000);
  outages.failed(one, refused('AccessDeniedException'));
  outages.answered(two);
  outages.answered(one);
  outages.answered(one);
  expect(news).toEqual([
    { kind: 'group-lost', logGroup: '/one', error: missing },
    { kind: 'group-back', logGroup: '/one' },
  ]);
});

test('the same group in two regions is two sources', () => {
  const { outages, news } = start();
  const elsewhere = { ...one };
  for (let turn = 0; turn < 3; turn++) {
    outages.failed(one, refused('ResourceNotFoundException'));
    outages.answered(elsewhere);
  }
  expect(news.map(({ kind }) => kind)).toEqual(['group-lost']);
});

test('one that lasts is said even where it comes soon after another', () => {
  const { outages, news, clock } = start();
  outages.failed(one, network());
  outages.answered(one);
  clock.move(30_000);
  outages.failed(one, network());
  clock.move(61_000);
  outages.failed(one, network());
  expect(news.map(({ kind }) => kind)).toEqual(['outage', 'recovered', 'outage']);
});

test('an outage in which a group is deleted comes to its end', () => {
  const { outages, news } = start();
  outages.failed(one, network());
  outages.failed(one, refused('ResourceNotFoundException'));
  expect(news.map(({ kind }) => kind)).toEqual(['outage', 'group-lost', 'recovered']);
});

test('expired credentials are waited for where they can be renewed, and end it where not', () => {
  const expired = refused('ExpiredTokenException');
  expect(start(true).outages.failed(one, expired)).toBe(5_000);
  expect(() => start(false).outages.failed(one, expired)).toThrow(expired);
});

test.each(['InvalidParameterException', 'InvalidSignatureException'])('%s is no outage', (name) => {
  const failure = refused(name);
  expect(() => start(true).outages.failed(one, failure)).toThrow(failure);
});

function start(renewable = false) {
  const news: TailNews[] = [];
  const clock = createMovedClock(0);
  const outages = createOutages({ report: (item) => news.push(item), renewable, clock, random: () => 1 });
  return { outages, news, clock };
}

function network(): ServiceError {
  return failure(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }));
}

function refused(name: string): ServiceError {
  return failure(Object.assign(new Error('refused'), { name }));
}

function failure(cause: Error): ServiceError {
  return new ServiceError({ operation: 'FilterLogEvents', cause, logGroup: '/one' });
}
