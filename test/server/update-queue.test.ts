import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createUpdateQueue } from '../../src/server/update-queue.js';

/** A connection that takes one frame and then no more until it is told to. */
function slowConnection() {
  const received: string[] = [];
  const pending: (() => void)[] = [];
  const connection = new Writable({
    highWaterMark: 1,
    write(chunk, _, done) {
      received.push(String(chunk));
      pending.push(done);
    },
  });
  const takeAll = async () => {
    for (let done = pending.shift(); done !== undefined; done = pending.shift()) {
      done();
      await new Promise(setImmediate);
    }
  };
  return { connection, received, takeAll };
}

const update = (name: string, events = 1) => ({ frame: Buffer.from(name), events });

test('what a slow connection has not taken is sent when it goes on', async () => {
  const { connection, received, takeAll } = slowConnection();
  const queue = createUpdateQueue(connection);
  for (const name of ['a', 'b', 'c']) queue.push(update(name));
  expect(received).toEqual(['a']);
  await takeAll();
  expect(received).toEqual(['a', 'b', 'c']);
});

test.each([
  ['ten updates', 12, 1, 10],
  ['5,000 events', 12, 1_000, 5],
  ['5,000 events exactly', 12, 500, 10],
])('a queue holds %s, and the oldest make room', async (_, updates, events, kept) => {
  const { connection, received, takeAll } = slowConnection();
  const queue = createUpdateQueue(connection);
  queue.push(update('taken at once'));
  for (let number = 1; number <= updates; number += 1) queue.push(update(String(number), events));
  await takeAll();
  const newest = Array.from({ length: kept }, (_, index) => String(updates - kept + 1 + index));
  expect(received).toEqual(['taken at once', ...newest]);
});
