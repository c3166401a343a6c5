import { expect, test } from 'vitest';
import { createReporter } from '../src/io.js';
import { memoryIo } from './support/memory-io.js';

test.each([
  ['on a terminal', { isTTY: true }, {}, ['error', 'warn', 'notice']],
  ['in a script', { isTTY: false }, {}, ['error', 'warn']],
  ['on a terminal with --quiet', { isTTY: true }, { quiet: true }, ['error']],
  ['in a script with --quiet', { isTTY: false }, { quiet: true }, ['error']],
])('what is said %s', async (_, stream, flags, said) => {
  const io = memoryIo(stream);
  const reporter = createReporter(io, flags);
  await reporter.error('error');
  await reporter.warn('warn');
  await reporter.notice('notice');
  expect(io.stderr.text()).toBe(said.map((name) => `cwlogs: ${name}\n`).join(''));
  expect(io.stdout.text()).toBe('');
});
