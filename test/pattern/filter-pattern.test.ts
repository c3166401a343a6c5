import { describe, expect, test } from 'vitest';
import { compileExtraction, compileFilterPattern } from '../../src/pattern/filter-pattern.js';
import { serviceAnswers } from './service-answers.js';

describe.each(['terms', 'regular expressions', 'json', 'fields'])('answers as the service: %s', (kind) => {
  test.each(serviceAnswers.filter((answer) => answer.kind === kind))('$pattern', ({ pattern, matches, rejects }) => {
    const isMatch = compileFilterPattern(pattern);
    expect(matches.filter((message) => !isMatch(message))).toEqual([]);
    expect(rejects.filter(isMatch)).toEqual([]);
  });
});

test('a tutorial on searching JSON finds what it says it finds', () => {
  const low = '{"i":90,"iEven":true,"nest":{"big":"cat"},"values":[0.1],"uuidname":"ba","missingValue":null}';
  const high = '{"i":95,"iEven":false,"nest":{"big":"bird"},"values":[0.05,0.7],"uuidname":"aa"}';
  const found = (pattern: string) => [low, high].filter(compileFilterPattern(pattern));
  expect(found('{ $.i > 90 }')).toEqual([high]);
  expect(found('{ $.i = 90 }')).toEqual([low]);
  expect(found('{ $.i <= 90 }')).toEqual([low]);
  expect(found('{ $.i != 90 }')).toEqual([high]);
  expect(found('{ $.uuidname = "aa" }')).toEqual([high]);
  expect(found('{ $.iEven IS FALSE }')).toEqual([high]);
  expect(found('{ $.missingValue NOT EXISTS }')).toEqual([high]);
});

test.each(['', ' ', '\n\t'])('the blank pattern %j matches everything, the empty message too', (pattern) => {
  const matches = compileFilterPattern(pattern);
  expect([matches('anything'), matches('')]).toEqual([true, true]);
});

test.each(['x', '"x"', '%x%', '[]', '{ $.x NOT EXISTS }'])('%s does not match the empty message', (pattern) => {
  expect(compileFilterPattern(pattern)('')).toBe(false);
});

test.each(['-x', '%x*%', '[...]'])('%s matches the empty message', (pattern) => {
  expect(compileFilterPattern(pattern)('')).toBe(true);
});

describe('what TestMetricFilter extracts', () => {
  const request = '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET / HTTP/1.0" 404 1534';

  test.each([
    ['ERROR', 'an ERROR', {}],
    ['{ $.a = 1 }', '{"a":1}', {}],
    ['[kind, value]', 'SPACE 17', { $kind: 'SPACE', $value: '17' }],
    ['[]', 'ERROR "two words"', { $1: 'ERROR', $2: 'two words' }],
    ['[w1, w2]', 'ERROR "two words"', { $w1: 'ERROR', $w2: 'two words' }],
    ['[w1, w2]', 'ERROR "not closed', { $w1: 'ERROR', $w2: '"not closed' }],
    ['[w1, w2]', request, { $w1: '127.0.0.1', $w2: request.slice('127.0.0.1 '.length) }],
    ['[..., last]', 'a b c', { $1: 'a', $2: 'b', $last: 'c' }],
    ['[first, ..., last]', 'a b', { $first: 'a', $last: 'b' }],
    [
      '[ip, ..., status = 4*, bytes]',
      request,
      {
        $ip: '127.0.0.1',
        $2: '-',
        $3: 'frank',
        $4: '10/Oct/2000:13:25:15 -0700',
        $5: 'GET / HTTP/1.0',
        $status: '404',
        $bytes: '1534',
      },
    ],
    ['[first, ...]', 'a b', { $first: 'a', $2: 'b' }],
    ['[...]', 'a b', { $1: 'a', $2: 'b' }],
  ])('%s from %s', (pattern, message, values) => {
    expect(compileExtraction(pattern)(message)).toEqual(values);
  });

  test.each([
    ['ERROR', 'WARN'],
    ['{ $.a = 1 }', '{}'],
    ['[a, b]', 'one'],
  ])('nothing where %s does not match %s', (pattern, message) => {
    expect(compileExtraction(pattern)(message)).toBeUndefined();
  });
});
