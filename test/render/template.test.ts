import { describe, expect, test } from 'vitest';
import type { LogEvent } from '../../src/logs/event.js';
import type { MessageLayout } from '../../src/render/message-text.js';
import { createTemplateRenderer, parseTemplate } from '../../src/render/template.js';
import { createWallClock } from '../../src/time/wall-clock.js';

const clock = createWallClock('UTC');
const event: LogEvent = {
  region: 'eu-west-1',
  logGroupName: '/aws/lambda/api',
  logStreamName: '2026/11/20/[$LATEST]a1',
  timestamp: Date.UTC(2026, 10, 20, 15, 4, 5, 67),
  ingestionTime: Date.UTC(2026, 10, 20, 15, 4, 6),
  message:
    '{"status":504,"path":"/x","big":12345678901234567890,"nest":{"list":[1,{"k":"v"}],"big":12345678901234567891,"a.b":["x"]},"no":null}\n',
  eventId: '37',
};

test.each([
  ['{time:HH:mm:ss} {json.status} {json.path}', '15:04:05 504 /x'],
  ['{time}|{ingestionTime:ss}', '2026-11-20 15:04:05.067|06'],
  ['{region} {group} {stream} {eventId}', 'eu-west-1 /aws/lambda/api 2026/11/20/[$LATEST]a1 37'],
  ['{json.nest.list.1.k} {json.nest.list} [{json.nope}] [{json.no}]', 'v [1,{"k":"v"}] [] [null]'],
  ['every digit: {json.big}', 'every digit: 12345678901234567890'],
  ['{{{json.status}}}', '{504}'],
  ['valueOf{json.status}', 'valueOf504'],
  ['{json.nest.list.0}{json.nest.list.2}', '1'],
  ['{json.nest.big} {json.nest."a.b".0}', '12345678901234567891 x'],
  ['{json.status}\\t{json.path}\\\\', '504\t/x\\'],
  [
    '{url}',
    'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/' +
      '$252Faws$252Flambda$252Fapi/log-events/2026$252F11$252F20$252F$255B$2524LATEST$255Da1$3FrefEventId$3D37',
  ],
])('%s', (template, line) => {
  expect(createTemplateRenderer(template, { clock })([event])).toBe(`${line}\n`);
});

test('a message that is no JSON has no members', () => {
  expect(createTemplateRenderer('{json.a}|{message}', { clock })([{ ...event, message: 'plain\r\n' }])).toBe(
    '|plain\n',
  );
});

test('a terminal is shown control characters, a pipe is given them', () => {
  const titled = { ...event, message: '{"a":"\\u001b]0;owned\\u0007\\u009b2J"}' };
  const onTerminal = createTemplateRenderer('{json.a}', { clock, terminal: { color: true } });
  expect(onTerminal([titled])).toBe('^[]0;owned^G\\x9b2J\n');
  expect(createTemplateRenderer('{json.a}', { clock })([titled])).toBe('\u001b]0;owned\u0007\u009b2J\n');
});

test('-H puts the name before each line', () => {
  const render = createTemplateRenderer('{json.status}\\n{eventId}', { clock, withName: true });
  expect(render([event])).toBe(
    '/aws/lambda/api:2026/11/20/[$LATEST]a1\t504\n/aws/lambda/api:2026/11/20/[$LATEST]a1\t37\n',
  );
});

test('messages and values are folded or laid out as asked', () => {
  const lines = { ...event, message: '{"stack":"a\\n b","n":1}\n' };
  const made = (layout: MessageLayout, template: string) =>
    createTemplateRenderer(template, { clock, layout })([lines]);
  expect(made('folded', '{json.stack}|{json.n}')).toBe('a\\n b|1\n');
  expect(made('expanded', '{json.n} {message}')).toBe('1 {\n  "stack": "a\\n b",\n  "n": 1\n}\n');
});

test('a terminal with colour shows levels and what was sought, and reads the message as it was', () => {
  const terminal = { color: true, highlight: (text: string) => text.replaceAll('x', '<x>') };
  const failed = { ...event, logStreamName: 'x\n\u001b[31m', message: '{"level":"error","a":"x"}' };
  const render = createTemplateRenderer('{stream} {json.a} {message}', { clock, layout: 'expanded', terminal });
  expect(render([failed])).toBe(
    'x^J^[[31m <x> \u001b[31m{\n  \u001b[36m"level"\u001b[39m\u001b[31m: "error",\n' +
      '  \u001b[36m"a"\u001b[39m\u001b[31m: "<x>"\n}\u001b[0m\u001b[39m\n',
  );
});

describe('refused', () => {
  test.each([
    ['{tiem}', 'has an unknown placeholder {tiem}; did you mean {time}? there are {time}, {region}, {group}'],
    ['{what}', 'has an unknown placeholder {what}; there are {time}, {region}'],
    ['{logGroup}', 'did you mean {group}?'],
    ['{constructor}', 'has an unknown placeholder {constructor}; there are'],
    ['{json}', 'has an unknown placeholder {json}; there are'],
    ['{json.}', 'has no path in {json.}; write names and numbers with dots between'],
    ['{json.a..b}', 'has no path in {json.a..b}; write names'],
    ['{json.items[0].id}', 'has no path in {json.items[0].id}; write {json.items.0.id}'],
    ['{time:yyyy-mm-dd}', 'has mm, the minutes, where a month seems to be meant; write MM for the month'],
    ['{}', 'has an unknown placeholder {}; there are'],
    ['{time', 'has a lone {; write {{ for a brace'],
    ['time}', 'has a lone }; write }} for a brace'],
    ['{time:hh}', 'has "hh", which is no part of a time; write HH'],
  ])('%s', (template, message) => {
    expect(() => parseTemplate(template, { clock })).toThrow(message);
  });
});
