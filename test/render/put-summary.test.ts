import { expect, test } from 'vitest';
import { type PutOutcome, renderPutSummary, renderRejected } from '../../src/render/put-summary.js';

const rejected = { tooOld: 0, tooNew: 0, expired: 0, empty: 0, oversize: 0 };
const outcome: PutOutcome = {
  delivered: 100_000,
  rejected,
  undelivered: 0,
  possiblyStored: 0,
  possiblyTwice: 0,
  cut: 0,
  untimed: 0,
  replaced: 0,
};

test.each<[string, Partial<PutOutcome>, string]>([
  ['all is well', {}, '100,000 delivered, 0 rejected'],
  [
    'some are rejected',
    { rejected: { ...rejected, tooOld: 1_200, expired: 3, tooNew: 4, oversize: 5 } },
    '100,000 delivered, 1,212 rejected (1,200 older than 14 days, 3 older than the retention of the group, 4 more than 2 hours ahead of now, 5 above 1 MiB)',
  ],
  ['some are empty', { rejected: { ...rejected, empty: 7 } }, '100,000 delivered, 0 rejected, 7 empty left out'],
  [
    'the input was left',
    { undelivered: 10, rest: 'unread' },
    '100,000 delivered, 0 rejected, 10 not delivered, the rest of stdin not read',
  ],
  [
    'the rest of the input was for --tee alone',
    { undelivered: 10, rest: 'copied' },
    '100,000 delivered, 0 rejected, 10 not delivered, the rest of stdin only copied',
  ],
  [
    'all else that there is to say',
    { undelivered: 10, possiblyStored: 1, possiblyTwice: 2, cut: 3, untimed: 4, replaced: 5 },
    '100,000 delivered, 0 rejected, 10 not delivered (1 perhaps stored), 2 may be there twice, 3 cut at 1 MiB, 4 without a time of their own, 5 with bytes that are not UTF-8, kept as \ufffd',
  ],
])('%s', (_, parts, expected) => {
  expect(renderPutSummary({ ...outcome, ...parts })).toBe(expected);
});

test('nothing rejected has no words', () => {
  expect(renderRejected({ ...rejected, empty: 5 })).toBe('');
});
