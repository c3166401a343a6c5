import { expect, test } from 'vitest';
import { createGoingOn } from '../../../src/commands/fetch/going-on.js';
import { toGrepRequest } from '../../../src/commands/options/grep.js';
import { memoryIo } from '../../support/memory-io.js';

const goOnWith = async (...words: string[]) =>
  createGoingOn(
    memoryIo(),
    ['fetch', '/app', ...words, '-o', 'a.log'],
    await toGrepRequest({ check: true }, undefined),
  );

test('it goes on with --resume, or with the line as it was where nothing is there yet', async () => {
  const goOn = await goOnWith('--filter', 'a b', '--force');
  expect(goOn(true)).toBe("cwlogs fetch --resume /app --filter 'a b' -o a.log");
  expect(goOn(false)).toBe("cwlogs fetch /app --filter 'a b' --force -o a.log");
});

test.each([
  ['a signature', 'X-Amz-Signature=0123abcd'],
  ['the login of a URL', 'http://user:secret@example.com'],
  ['a character that a terminal hides', 'a\u200bb'],
])('a line that would not be shown as it is, with %s, is described instead', async (_, pattern) => {
  const goOn = await goOnWith('--filter', pattern);
  expect(goOn(true)).toBe('the same command line and --resume');
  expect(goOn(false)).toBe('the same command line');
});
