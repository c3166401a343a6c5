import { expect, test } from 'vitest';
import { ServiceError } from '../src/errors.js';
import { isAccessDenied, isNotFound, isThrottle, networkCodeOf } from '../src/failures.js';

const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });

test.each([
  ['an error with a code of the network', refused, 'ECONNREFUSED'],
  ['an error that it caused', new Error('failed', { cause: new Error('deeper', { cause: refused }) }), 'ECONNREFUSED'],
  [
    'all addresses of a name refused',
    Object.assign(new AggregateError([refused, refused]), { code: 'ECONNREFUSED' }),
    'ECONNREFUSED',
  ],
  ['a timeout', Object.assign(new Error('late'), { name: 'TimeoutError' }), 'timeout'],
  ['a failure of ours around it', new ServiceError({ operation: 'GetLogEvents', cause: refused }), 'ECONNREFUSED'],
  ['another code', Object.assign(new Error('no'), { code: 'ENOENT' }), undefined],
  ['no code', new Error('no'), undefined],
  ['no error', 'ECONNREFUSED', undefined],
])('the network code of %s', (_, error, code) => {
  expect(networkCodeOf(error)).toBe(code);
});

test.each([
  ['ThrottlingException', true],
  ['TooManyRequestsException', true],
  ['RequestLimitExceeded', true],
  ['LimitExceededException', false],
  ['AccessDeniedException', false],
])('%s is a throttle: %s', (name, expected) => {
  expect(isThrottle(named(name, ''))).toBe(expected);
});

test('what the service said is recognised inside a ServiceError only', () => {
  const notFound = named('ResourceNotFoundException', '');
  const denied = named('AccessDeniedException', '');
  const wrap = (cause: Error) => new ServiceError({ operation: 'FilterLogEvents', cause });
  expect([wrap(notFound), notFound, wrap(denied)].map(isNotFound)).toEqual([true, false, false]);
  expect([wrap(denied), denied, wrap(notFound)].map(isAccessDenied)).toEqual([true, false, false]);
});

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
