import { expect, test } from 'vitest';
import { toEventKey } from '../../src/shape/keys.js';
import { toEvent } from '../logs/fixtures.js';

const event = toEvent({ region: 'eu-west-1', logGroupName: '/api', eventId: '7' });

test('an event is the same in whatever form it comes', () => {
  expect(toEventKey({ ...event, message: 'joined' })).toBe(toEventKey(event));
});

test.each([
  ['region', { region: 'us-east-1' }],
  ['group', { logGroupName: '/worker' }],
  ['id', { eventId: '8' }],
])('an event of another %s is another', (_, other) => {
  expect(toEventKey({ ...event, ...other })).not.toBe(toEventKey(event));
});
