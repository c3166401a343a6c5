import { expect, test } from 'vitest';
import { type Level, levelOf } from '../src/level.js';

test.each<[string, Level | undefined]>([
  ['{"level":"error","message":"x"}', 'error'],
  ['{"time":1,"severity": "WARNING"}', 'warn'],
  ['{"level":50,"msg":"pino"}', 'error'],
  ['{"level":30,"msg":"an ERROR in the text"}', 'info'],
  ['{"message":"no level, ERROR in the text"}', undefined],
  ['{"level":"odd"}', undefined],
  ['2026-11-20 ERROR no answer', 'error'],
  ['2026-11-20 INFO  no ERROR this time', 'info'],
  ['WARN disk', 'warn'],
  ['level=debug msg=x', 'debug'],
  ['[error] nginx', 'error'],
  ['[constructor] made', undefined],
  ['an error in prose', undefined],
  ['TERRORS', undefined],
  ['2026-11-20T10:00:00Z 1-2 Task timed out after 3.00 seconds', 'error'],
  ['START RequestId: 1 Version: $LATEST', 'platform'],
  ['REPORT RequestId: 1\tDuration: 2 ms', 'platform'],
  ['INIT_START Runtime Version: nodejs:22.v61', 'platform'],
  ['', undefined],
])('%s', (message, level) => {
  expect(levelOf(message)).toBe(level);
});
