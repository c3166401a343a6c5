import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseConsoleUrl, timeOfEventId } from '../../src/logs/console-url.js';

const home = 'https://console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/';
const nothing = {
  region: 'eu-west-1',
  stream: undefined,
  streamPrefix: undefined,
  start: undefined,
  end: undefined,
  filterPattern: undefined,
  eventId: undefined,
};

test.each([
  ['a group', `${home}$252Faws$252Flambda$252Fapi`, { logGroup: '/aws/lambda/api' }],
  ['a group with its events', `${home}$252Fprod$252Fapi/log-events`, { logGroup: '/prod/api' }],
  ['a name without a slash', `${home}api`, { logGroup: 'api' }],
  [
    'streams that begin so',
    `${home}api$3FlogStreamNameFilter$3D2026$252F11`,
    { logGroup: 'api', streamPrefix: '2026/11' },
  ],
  [
    'a stream, from an hour ago, with a filter',
    `${home}$252Faws$252Flambda$252Fapi/log-events/2026$252F11$252F20$252F$255B$2524LATEST$255Dabc$3Fstart$3D-3600000$26filterPattern$3DERROR`,
    {
      logGroup: '/aws/lambda/api',
      stream: '2026/11/20/[$LATEST]abc',
      start: '3600000ms ago',
      filterPattern: 'ERROR',
    },
  ],
  [
    'two moments in milliseconds',
    `${home}api/log-events$3Fstart$3D1795186800000$26end$3D1795190400000`,
    { logGroup: 'api', start: '2026-11-20T15:00:00.000Z', end: '2026-11-20T16:00:00.000Z' },
  ],
  [
    'two moments as ISO 8601 has them',
    `${home}api/log-events$3Fstart$3D2026-11-20T15$253A00$253A00.000Z$26end$3D0`,
    { logGroup: 'api', start: '2026-11-20T15:00:00.000Z', end: 'now' },
  ],
  [
    'a filter with spaces, in both ways to write them',
    `${home}api/log-events$3FfilterPattern$3D$257B+$2524.status$2520$253D$2520500$257D`,
    { logGroup: 'api', filterPattern: '{ $.status = 500}' },
  ],
  [
    'one event',
    `${home}api/log-events/web$3FrefEventId$3D31132629274945519779805322857203735586714454643391594505`,
    { logGroup: 'api', stream: 'web', eventId: '31132629274945519779805322857203735586714454643391594505' },
  ],
  ['what a chat made of it', `${home}%24252Fprod%24252Fapi`, { logGroup: '/prod/api' }],
  [
    'the region in the host alone',
    'https://us-west-2.console.aws.amazon.com/cloudwatch/home#logsV2:log-groups/log-group/api',
    { region: 'us-west-2', logGroup: 'api' },
  ],
  [
    'a host of several sessions, in another partition',
    'https://123456789012-abc.cn-north-1.console.amazonaws.cn/cloudwatch/home#logsV2:log-groups/log-group/api',
    { region: 'cn-north-1', logGroup: 'api' },
  ],
  [
    'no region at all',
    'https://console.aws.amazon.com/cloudwatch/home#logsV2:log-groups/log-group/api',
    { region: undefined, logGroup: 'api' },
  ],
])('the address shows %s', (_, url, view) => {
  expect(parseConsoleUrl(url, '<group>')).toEqual({ ...nothing, ...view });
});

test.each([
  ['https://example.com/#logsV2:log-groups/log-group/api', 'is not an address of the AWS console'],
  ['https://console.aws.amazon.com.example.com/x', 'is not an address of the AWS console'],
  ['https://', 'is not an address of the AWS console'],
  ['https://console.aws.amazon.com/ec2/home', 'is an address of the AWS console that shows no log group'],
  [
    'https://console.aws.amazon.com/cloudwatch/home#logsV2:logs-insights',
    'is an address of the AWS console that shows no log group',
  ],
  [home, 'is an address of the AWS console that shows no log group'],
])('%s is refused', (url, problem) => {
  expect(() => parseConsoleUrl(url, '<group>')).toThrow(`<group> ${JSON.stringify(url)} ${problem}`);
});

test('whatever the console writes is read back', () => {
  const group = fc.stringMatching(/^[\w.\-/#]{1,30}$/);
  const stream = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
  const filterPattern = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(group, stream, filterPattern, (logGroup, name, pattern) => {
      const url = `${home}${twice(logGroup)}/log-events/${twice(name)}${outer('?filterPattern=')}${twice(pattern)}`;
      const view = parseConsoleUrl(url, '<group>');
      expect(view).toEqual({ ...nothing, logGroup, stream: name, filterPattern: pattern });
    }),
  );
});

/** As the console writes a name within the address within the address. */
function twice(text: string): string {
  return outer(encodeURIComponent(text));
}

function outer(text: string): string {
  return encodeURIComponent(text).replaceAll('%', '$');
}

test.each([
  // Both ids stand with their times in the documentation of the service.
  ['31132629274945519779805322857203735586714454643391594505', 1_396_035_378_988],
  ['31953106606966983378809025079804211143289615424298221568', 1_432_826_855_000],
  ['42', undefined],
  ['e1', undefined],
  ['9'.repeat(60), undefined],
  ['9'.repeat(600), undefined],
])('the time of event %s is %s', (eventId, ms) => {
  expect(timeOfEventId(eventId)).toBe(ms);
});
