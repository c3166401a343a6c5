import { expect, test } from 'vitest';
import { withHabitHint } from '../../../src/commands/argv/group-habits.js';
import { GroupNotFoundError, ServiceError } from '../../../src/errors.js';
import { createProgram } from '../../../src/program.js';
import { memoryIo } from '../../support/memory-io.js';

const notFound = (logGroup: string): GroupNotFoundError =>
  new GroupNotFoundError(
    logGroup,
    ['/near'],
    new ServiceError({ operation: 'FilterLogEvents', cause: new Error('no') }),
  );

test.each<[string[], string, string | undefined, string[]]>([
  [['get', '/a', 'ALL'], 'ALL', 'all streams are read anyway: leave ALL out', []],
  [['get', '/a', 'web.*'], 'web.*', "if it is a stream, write --stream 'web.*'", ['/near']],
  [['get', '/a', '-f', 'ERROR'], 'ERROR', '-f takes no value here: write --filter ERROR if that is meant', []],
  [['get', '/a', '-q', 'a.b'], 'a.b', '-q takes no value here: write --query a.b if that is meant', []],
  [['get', '/a', '/b'], '/b', undefined, ['/near']],
  [['get', 'ALL'], 'ALL', undefined, ['/near']],
  [['get', '--start', '1h', 'app'], 'app', undefined, ['/near']],
  [['trace', 'id-7', 'app'], 'app', undefined, ['/near']],
  [['trace', 'id-7', '/a', 'app'], 'app', 'if it is a stream, write --stream app', ['/near']],
  [['get', '-q', 'foo'], 'foo', '-q takes no value here: write --query foo if that is meant', []],
])('what was taken for a group, in %j', async (argv, logGroup, hint, near) => {
  const parsed = await createProgram(memoryIo());
  for (const command of parsed.commands) command.action(() => {});
  await parsed.parseAsync(argv, { from: 'user' });
  expect(withHabitHint(notFound(logGroup), parsed, argv)).toMatchObject({ logGroup, hint, near });
});
