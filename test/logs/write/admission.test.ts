import { expect, test } from 'vitest';
import { admit, rejectedBy } from '../../../src/logs/write/admission.js';

const dayMs = 86_400_000;
const nowMs = 100 * dayMs;
const aged = (...days: number[]) => days.map((age) => ({ timestamp: nowMs - age * dayMs, message: `${age}` }));

test.each<[string, number[], number | undefined, string[], object]>([
  ['all young', [3, 2, 1], undefined, ['3', '2', '1'], {}],
  ['exactly 14 days', [14], undefined, ['14'], {}],
  ['older', [15, 14.5, 13], undefined, ['13'], { tooOld: 2, expired: 0, tooNew: 0 }],
  ['older than a retention of 7 days', [15, 8, 7], 7, ['7'], { tooOld: 1, expired: 1, tooNew: 0 }],
  ['a retention of a year', [15, 8], 365, ['8'], { tooOld: 1, expired: 0, tooNew: 0 }],
  [
    'two hours ahead, and more',
    [0, -2 / 24, -3 / 24],
    undefined,
    ['0', `${-2 / 24}`],
    { tooOld: 0, expired: 0, tooNew: 1 },
  ],
  ['nothing is left', [20], undefined, [], { tooOld: 1, expired: 0, tooNew: 0 }],
])('%s', (_, ages, retentionDays, kept, rejected) => {
  const admission = admit(aged(...ages), { nowMs, retentionDays });
  expect(admission.events.map(({ message }) => message)).toEqual(kept);
  expect(admission.rejected).toEqual(rejected);
});

test.each<[string, object | undefined, object]>([
  ['nothing', undefined, {}],
  [
    'some of each',
    { tooNewLogEventStartIndex: 6, tooOldLogEventEndIndex: 2, expiredLogEventEndIndex: 4 },
    { tooOld: 2, expired: 2, tooNew: 2 },
  ],
  ['the expired alone', { expiredLogEventEndIndex: 4 }, { tooOld: 0, expired: 4, tooNew: 0 }],
])('the service says it rejected %s of eight', (_, rejectedLogEventsInfo, expected) => {
  expect(rejectedBy(rejectedLogEventsInfo === undefined ? {} : { rejectedLogEventsInfo }, 8)).toEqual(expected);
});
