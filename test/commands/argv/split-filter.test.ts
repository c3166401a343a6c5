import { expect, test } from 'vitest';
import { withSplitHint } from '../../../src/commands/argv/split-filter.js';
import { GroupNotFoundError, ServiceError } from '../../../src/errors.js';

const notFound = (logGroup: string) =>
  new GroupNotFoundError(logGroup, [], new ServiceError({ operation: 'DescribeLogGroups', cause: new Error('gone') }));

const hintOf = (line: string, logGroup: string) => {
  const error = withSplitHint(notFound(logGroup), line.split('|'));
  return error instanceof GroupNotFoundError ? error.hint : error;
};

test.each([
  ['fetch|g|--filter|ERROR|timeout', 'timeout', "--filter 'ERROR timeout'"],
  ['fetch|g|-F|ERROR|disk|full|--start|1h', 'full', "-F 'ERROR disk full'"],
  ['fetch|--filter|ERROR|timeout|/app/web', 'timeout', "--filter 'ERROR timeout'"],
  ['fetch|g|-w|msg~timed|out', 'out', "-w 'msg~timed out'"],
])('%s: the missing group %s is taken for a part of what stands before it', (line, logGroup, whole) => {
  expect(hintOf(line, logGroup)).toBe(
    `if it is a part of the value before it, put all of it in one pair of quotes: ${whole}`,
  );
});

test.each([
  ['the only group', 'fetch|--filter|ERROR|timeout', 'timeout'],
  ['a group before the filter', 'fetch|timeout|--filter|ERROR', 'timeout'],
  ['a group behind another option', 'fetch|g|--filter|ERROR|--start|1h|timeout', 'timeout'],
  ['a group behind a filter in quotes', 'fetch|g|--filter|ERROR disk|timeout', 'timeout'],
  ['a group by its path', 'fetch|g|--filter|ERROR|/app/web', '/app/other'],
  ['no filter', 'fetch|g|timeout', 'timeout'],
])('%s is not', (_, line, logGroup) => {
  expect(hintOf(line, logGroup)).toBeUndefined();
});

test('other errors stay as they are', () => {
  const error = new Error('x');
  expect(withSplitHint(error, ['fetch', 'g', '--filter', 'a', 'x'])).toBe(error);
});
