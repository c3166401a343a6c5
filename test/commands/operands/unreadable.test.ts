import { expect, test } from 'vitest';
import { createUnreadableNotice, isReadable } from '../../../src/commands/operands/unreadable.js';
import { createReporter } from '../../../src/io.js';
import { memoryIo } from '../../support/memory-io.js';

test.each([
  [undefined, false, true],
  ['STANDARD', false, true],
  ['INFREQUENT_ACCESS', false, false],
  ['INFREQUENT_ACCESS', true, true],
  ['DELIVERY', false, false],
  ['DELIVERY', true, false],
] as const)('a group of class %s, where queries may read it %s: %s', (logGroupClass, readsInfrequent, readable) => {
  expect(isReadable({ name: '/a', arn: undefined, logGroupClass }, readsInfrequent)).toBe(readable);
});

test('each group is told once, a line for each class, and in two regions by one name', async () => {
  const io = memoryIo();
  const tell = createUnreadableNotice(createReporter(io, {}));
  const cold = (name: string, region = 'eu-west-1') =>
    ({ name, arn: undefined, logGroupClass: 'INFREQUENT_ACCESS', region }) as const;
  const passing = { ...cold('/d'), logGroupClass: 'DELIVERY' } as const;
  await tell([cold('/a'), cold('/a', 'us-east-1'), passing]);
  await tell([cold('/a'), passing]);
  await tell([cold('/b'), cold('/a')]);
  expect(io.stderr.text()).toBe(
    [
      'cwlogs: "/a" left out: groups of class INFREQUENT_ACCESS are read with Logs Insights',
      'cwlogs: "/d" left out: groups of class DELIVERY only pass their events on',
      'cwlogs: "/b" left out: groups of class INFREQUENT_ACCESS are read with Logs Insights',
      '',
    ].join('\n'),
  );
});
