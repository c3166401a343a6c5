import { expect, test } from 'vitest';
import {
  canSplit,
  columnsOf,
  commandsOf,
  lacksEvents,
  limitOf,
  namesGroups,
  timeColumnsOf,
} from '../../../src/logs/query/query-text.js';

test.each([
  ['fields a | limit 2', ['fields a', 'limit 2']],
  ['fields a\n| filter b like "x|y" | sort a', ['fields a', 'filter b like "x|y"', 'sort a']],
  ["filter a = 'it\\'s | x' | limit 1", ["filter a = 'it\\'s | x'", 'limit 1']],
  ['filter a like /x|y\\/|z/ | limit 1', ['filter a like /x|y\\/|z/', 'limit 1']],
  ['fields `a|b` | limit 1', ['fields `a|b`', 'limit 1']],
  ['# a | b\nfields a # "c | d\n| limit 1', ['fields a', 'limit 1']],
  ['| fields a |', ['fields a']],
  ['filter a / 2 > 1 | limit 1', ['filter a / 2 > 1', 'limit 1']],
  ['fields a/10 as b | limit 1 | filter b/2 > 1', ['fields a/10 as b', 'limit 1', 'filter b/2 > 1']],
  ['parse @message /a|(?<b>c)/ | filter b =~/d|e/', ['parse @message /a|(?<b>c)/', 'filter b =~/d|e/']],
  ['parse `a b` /c|d/ | limit 1', ['parse `a b` /c|d/', 'limit 1']],
  ['filter a LIKE /b|c/ or replace(d, /e|f/, "") = ""', ['filter a LIKE /b|c/ or replace(d, /e|f/, "") = ""']],
  ['', []],
])('the commands of %j are %j', (text, commands) => {
  expect(commandsOf(text)).toEqual(commands);
});

test.each([
  'fields @message',
  'FIELDS @timestamp | FILTER level = "error"',
  'parse @message "* *" as a, b | filter a = 1 | display b',
  'filter @message like /stats|sort/',
  '# stats\nfields a',
])('%j can be run in parts', (text) => {
  expect(canSplit(text, 'CWLI')).toBe(true);
});

test.each([
  'stats count(*) by bin(5m)',
  'fields a | sort a desc',
  'fields a | limit 20',
  'fields a/10 as b | limit 20 | filter b/2 > 1',
  'fields a | dedup a',
  'fields a | unnest b into c',
  'filter a in (SOURCE "x" | fields a)',
  'pattern @message',
  'diff',
])('%j cannot be run in parts', (text) => {
  expect(canSplit(text, 'CWLI')).toBe(false);
});

test.each(['PPL', 'SQL'] as const)('no query in %s can be run in parts', (language) => {
  expect(canSplit('fields a', language)).toBe(false);
});

test.each([
  ['fields a | limit 5', 'CWLI', 5],
  ['fields a | limit 500 | filter b = 1 | limit 50', 'CWLI', 50],
  ['fields a | filter b = "| limit 5"', 'CWLI', undefined],
  ['source = `/a` | fields a | head 5 from 20', 'PPL', 5],
  ['source = `/a` | head', 'PPL', 10],
  ['source = `/a` | fields a', 'PPL', undefined],
  ['SELECT a FROM `/a` LIMIT 20', 'SQL', 20],
  ['SELECT a FROM `/a`\nORDER BY a limit 20 OFFSET 5; -- the first', 'SQL', 20],
  ["SELECT a FROM `/a` WHERE b = 'no LIMIT 20'", 'SQL', undefined],
  ['SELECT a FROM (SELECT a FROM `/a` LIMIT 20) AS b', 'SQL', undefined],
] as const)('%j in %s itself asks for so many rows: %j', (text, language, expected) => {
  expect(limitOf(text, language)).toBe(expected);
});

test.each([
  ['SOURCE logGroups(namePrefix: ["/a"]) | fields a', 'CWLI', true],
  ['fields source', 'CWLI', false],
  ['SELECT * FROM `/a`', 'SQL', true],
] as const)('%j names its groups itself: %j', (text, language, expected) => {
  expect(namesGroups(text, language)).toBe(expected);
});

test.each([
  ['fields @timestamp, status as s | filter a = 1 | fields b', ['@timestamp', 's', 'b']],
  ['fields a, b | display b', ['b']],
  ['fields strlen(@message), concat(a, b) as c, `x-y`', ['c', 'x-y']],
  ['fields\n a ,\n b', ['a', 'b']],
  ['filter a = 1', []],
  ['stats count(*) by a', []],
])('%j names the columns %j', (text, columns) => {
  expect(columnsOf(text)).toEqual(columns);
});

test.each([
  ['stats count(*) by bin(5m)', ['bin(5m)', 'count(*)', '@timestamp'], [true, false, true]],
  ['stats count(*) as n by bin(1h) as `hour`, level', ['hour', 'n', 'level'], [true, false, false]],
  ['fields @ingestionTime, @message as binned', ['@ingestionTime', '@message', 'binned'], [true, false, false]],
])('columns of %s that hold times', (text, columns, expected) => {
  expect(columns.map(timeColumnsOf(text))).toEqual(expected);
});

test.each([
  ['fields @timestamp, @message | sort @timestamp', 'CWLI', false],
  ['filter status >= 500', 'CWLI', false],
  ['fields @message | fields @timestamp', 'CWLI', false],
  ['fields *', 'CWLI', false],
  ['fields @timestamp, @message | filter id in (fields id | stats count(*) by id)', 'CWLI', false],
  ['fields @message', 'PPL', false],
  ['fields @message', 'CWLI', true],
  ['fields @timestamp, @message | display @message', 'CWLI', true],
  ['filter a = 1 | stats count(*) by bin(5m)', 'CWLI', true],
  ['pattern @message', 'CWLI', true],
] as const)('the rows of %j in %s are certainly no events: %j', (text, language, expected) => {
  expect(lacksEvents(text, language)).toBe(expected);
});
