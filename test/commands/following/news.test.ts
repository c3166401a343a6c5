import { expect, test } from 'vitest';
import { reportNews } from '../../../src/commands/following/news.js';
import { GroupNotFoundError, ServiceError } from '../../../src/errors.js';
import { createReporter } from '../../../src/io.js';
import type { TailNews } from '../../../src/logs/tail/outages.js';
import { memoryIo } from '../../support/memory-io.js';

const failed = new ServiceError({ operation: 'FilterLogEvents', cause: new Error('no'), region: 'eu-west-1' });
const missing = (...near: string[]) => new GroupNotFoundError('/later', near, failed);

test.each<[TailNews, string]>([
  [
    { kind: 'group-lost', logGroup: '/later', error: missing() },
    'log group "/later" does not exist in eu-west-1; waiting for it',
  ],
  [
    { kind: 'group-lost', logGroup: '/later', error: missing('/late') },
    'log group "/later" does not exist in eu-west-1; did you mean "/late"? waiting for it',
  ],
  [
    { kind: 'group-lost', logGroup: '/later', error: failed },
    'FilterLogEvents failed in eu-west-1: Error: no; waiting for it',
  ],
  // It may never have been there before.
  [{ kind: 'group-back', logGroup: '/later' }, 'log group "/later" can be read now'],
])('%j is said', async (news, said) => {
  const io = memoryIo();
  await reportNews(news, createReporter(io, {}));
  expect(io.stderr.text()).toBe(`cwlogs: ${said}\n`);
});
