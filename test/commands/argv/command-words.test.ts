import { expect, test } from 'vitest';
import { main } from '../../../src/main.js';
import { memoryIo } from '../../support/memory-io.js';

const all =
  'there are fetch, tail, trace, histogram, groups, streams, query, export, pattern, verify, put, serve, demo, completion';
const noCommand = 'no command was given; try: cwlogs demo fetch /demo/api --start 1h, or cwlogs --help';

test.each([
  ['a command that is nearly one', 'fecth g', '"fecth" is not a cwlogs command; did you mean fetch?'],
  ['an alias that is nearly one', 'wtch g', '"wtch" is not a cwlogs command; did you mean watch?'],
  ['a word like no command', 'nope', `"nope" is not a cwlogs command; ${all}`],
  ['help for what is no command', 'help nope', `"nope" is not a cwlogs command; ${all}`],
  ['help for what is nearly a command', 'help stream', '"stream" is not a cwlogs command; did you mean streams?'],
  ['--help after what is no command', 'fecth --help', '"fecth" is not a cwlogs command; did you mean fetch?'],
  [
    'a group where the command should be',
    '/prod/api --start 2h',
    '"/prod/api" is not a cwlogs command; try: cwlogs fetch /prod/api --start 2h',
  ],
  [
    'options before the command',
    '--region eu-west-1 -q fetch g --start 2h',
    '--region stands before the command; write: cwlogs fetch g --start 2h --region eu-west-1 -q',
  ],
  [
    'options between demo and the command',
    'demo --region eu-west-1 groups orders',
    '--region stands before the command; write: cwlogs demo groups orders --region eu-west-1',
  ],
  ['nothing', '', noCommand],
  ['options alone', '--region eu-west-1', noCommand],
])('%s', async (_, line, message) => {
  const io = memoryIo();
  expect(await main(line.split(' ').filter(Boolean), io)).toBe(2);
  expect(io.stderr.text()).toBe(`cwlogs: ${message}\n`);
  expect(io.stdout.text()).toBe('');
});
