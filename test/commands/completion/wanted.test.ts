import { expect, test } from 'vitest';
import { readWanted } from '../../../src/commands/completion/wanted.js';
import { createProgram } from '../../../src/program.js';
import { memoryIo } from '../../support/memory-io.js';

const program = await createProgram(memoryIo());

test.each<[title: string, words: string[], kind: string | undefined, word: string]>([
  ['the first operand', ['fetch', '/d'], '<group>', '/d'],
  ['a further operand', ['fetch', '/demo/api', ''], '<group>', ''],
  ['an operand behind an option with a value', ['fetch', '--start', '2h', '/d'], '<group>', '/d'],
  ['an operand behind a letter with a value', ['fetch', '-s', '2h', '/d'], '<group>', '/d'],
  ['an operand behind a letter with its value in the word', ['fetch', '-n5', '/d'], '<group>', '/d'],
  ['an operand behind letters in one word', ['fetch', '-in', '5', '/d'], '<group>', '/d'],
  ['an operand behind an option and its value in one word', ['fetch', '--start=2h', '/d'], '<group>', '/d'],
  ['an operand behind an option without a value', ['fetch', '--stats', '/d'], '<group>', '/d'],
  ['an operand behind an option that is not known', ['fetch', '--what', '/d'], '<group>', '/d'],
  ['an operand behind --', ['fetch', '--', '-d'], '<group>', '-d'],
  ['an operand behind -', ['fetch', '-', ''], '<group>', ''],
  ['the second kind of operand', ['put', '/demo/api', 'w'], '<stream>', 'w'],
  ['one operand too many', ['put', '/demo/api', 'w', ''], undefined, ''],
  ['the value of an option', ['fetch', '--tz', 'E'], '<zone>', 'E'],
  ['the value of a letter', ['fetch', '-o', 'a'], '<path>', 'a'],
  ['the value of the last of several letters', ['fetch', '-io', 'a'], '<path>', 'a'],
  ['the value of an option in one word', ['fetch', '--tz=E'], '<zone>', 'E'],
  ['a value that looks like an option', ['fetch', '--grep', '--st'], '<regex>', '--st'],
  ['the value of an option that takes none', ['fetch', '--stats='], undefined, ''],
  ['the value of an option that is not known', ['fetch', '--what=x'], undefined, 'x'],
  ['an option', ['fetch', '--st'], 'option', '--st'],
  ['the beginning of an option', ['fetch', '-'], 'option', '-'],
])('%s', (_, [name, ...words], kind, word) => {
  const command = program.commands.find((known) => known.name() === name) ?? program;
  expect(readWanted(command, words)).toMatchObject({ kind, word });
});

test('what stands before the word is known by its names', () => {
  const command = program.commands.find((known) => known.name() === 'trace') ?? program;
  const line = ['--region', 'eu-west-1', 'some-id', '/a', '--profile=prod', '/b', '--stream=w'];
  const { operands, values, glued } = readWanted(command, line);
  expect({ operands: [...operands], values: [...values], glued }).toEqual({
    operands: [
      ['id', ['some-id']],
      ['group', ['/a', '/b']],
    ],
    values: [
      ['--region', 'eu-west-1'],
      ['--profile', 'prod'],
    ],
    glued: '--stream=',
  });
});
