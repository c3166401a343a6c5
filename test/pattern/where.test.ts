import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { compileFilterPattern } from '../../src/pattern/filter-pattern.js';
import { PatternError } from '../../src/pattern/pattern-error.js';
import { toFilterPattern } from '../../src/pattern/where.js';

test.each([
  [['level=error'], '{ $.level = "error" }'],
  [['level=error,fatal'], '{ $.level = "error" || $.level = "fatal" }'],
  [['level=error', 'status>=500'], '{ $.level = "error" && $.status >= 500 }'],
  [['level=a,b', 'status<500'], '{ ($.level = "a" || $.level = "b") && $.status < 500 }'],
  [[' status > 1e3 '], '{ $.status > 1e3 }'],
  [['a<=-1.5'], '{ $.a <= -1.5 }'],
  [['status=7'], '{ $.status = 7 }'],
  [['status!=7'], '{ $.status != 7 || $.status NOT EXISTS }'],
  [['a=true'], '{ $.a IS TRUE || $.a = "true" }'],
  [['a!=false'], '{ $.a != "false" || $.a IS TRUE || $.a NOT EXISTS }'],
  [['a=null'], '{ $.a IS NULL }'],
  [['a!=null'], '{ $.a = "*" || $.a IS TRUE || $.a IS FALSE }'],
  [['a=null,x'], '{ $.a IS NULL || $.a = "x" }'],
  [['a!=x,y'], '{ ($.a != "x" || $.a NOT EXISTS) && ($.a != "y" || $.a NOT EXISTS) }'],
  [['msg~timed out'], '{ $.msg = "*timed out*" }'],
  [['msg~a,b'], '{ $.msg = "*a*" || $.msg = "*b*" }'],
  [['path=/api/*'], '{ $.path = "/api/*" }'],
  [['a='], '{ $.a = "" }'],
  [['a="7"'], '{ $.a = "7" }'],
  [['a="null"'], '{ $.a = "null" }'],
  [['a="x, y"'], '{ $.a = "x, y" }'],
  [[String.raw`a=C:\x "y"`], String.raw`{ $.a = "C:\\x \"y\"" }`],
  [['a=b=c'], '{ $.a = "b=c" }'],
  [['user.id=7'], '{ $.user.id = 7 }'],
  [['$.user.id=7'], '{ $.user.id = 7 }'],
  [['items[0].sku=x'], '{ $.items[0].sku = "x" }'],
  [['items[*].sku=x'], '{ $.items[*].sku = "x" }'],
  [['tags.*=x'], '{ $.tags.* = "x" }'],
  [['http-status=7'], '{ $.http-status = 7 }'],
  [['@level=x'], `{ $.['@level'] = "x" }`],
  [['a.größe=x'], `{ $.a.['größe'] = "x" }`],
  [["['a.b'].c=x"], `{ $.['a.b'].c = "x" }`],
  [["a['b c']['d']=x"], `{ $.a['b c']['d'] = "x" }`],
])('%j', (where, pattern) => {
  expect(toFilterPattern({ where })).toBe(pattern);
  expect(() => compileFilterPattern(pattern)).not.toThrow();
});

describe('matches', () => {
  test.each([
    ['a=7', ['{"a":7}', '{"a":7.0}', '{"a":"7"}'], ['{"a":8}', '{"a":"7.0"}', '{}']],
    ['a="7"', ['{"a":7}', '{"a":"7"}'], ['{"a":7.0}']],
    ['a=true', ['{"a":true}', '{"a":"true"}'], ['{"a":false}', '{"a":1}', '{}']],
    ['a!=true', ['{"a":false}', '{"a":"x"}', '{"a":1}', '{}'], ['{"a":true}', '{"a":"true"}']],
    ['a=null', ['{"a":null}'], ['{"a":"null"}', '{}']],
    ['a!=null', ['{"a":1}', '{"a":"x"}', '{"a":false}'], ['{"a":null}', '{}']],
    ['a!=x', ['{"a":"y"}', '{"a":1}', '{}'], ['{"a":"x"}']],
    ['a!=x,y', ['{"a":"z"}', '{}'], ['{"a":"x"}', '{"a":"y"}']],
    ['a~b', ['{"a":"abc"}'], ['{"a":"ac"}', '{}']],
  ])('%s', (condition, found, others) => {
    const matches = compileFilterPattern(toFilterPattern({ where: [condition] }) ?? '');
    expect([found.filter((message) => !matches(message)), others.filter(matches)]).toEqual([[], []]);
  });

  test('a field and its value, whatever they are', () => {
    const name = fc.string({ unit: 'binary', maxLength: 20 }).filter((text) => !text.includes("'"));
    const value = fc.string({ unit: 'binary', maxLength: 20 }).filter((text) => !/^\*|\*$/.test(text));
    fc.assert(
      fc.property(name, value, (key, text) => {
        const matches = compileFilterPattern(toFilterPattern({ where: [`['${key}']="${text}"`] }) ?? '');
        expect(matches(JSON.stringify({ [key]: text }))).toBe(true);
        expect(matches(JSON.stringify({ [key]: `${text}x` }))).toBe(false);
      }),
    );
  });
});

test.each([
  ['status', /^--where "status" has no comparison: unquoted, .*; quote it, as in 'status>=500'$/],
  ['status 500', /^--where "status 500" has no comparison; behind the field comes one of = != < <= > >= ~$/],
  ['a!~x', /has no comparison; behind the field/],
  ['a>', /^--where "a>" has no number behind it; write it as in 'a>500'$/],
  ['a>=x', /^--where "a>=x" has no number behind it; write it as in 'a>=500'$/],
  ['a<1,2', /has no number behind it/],
  ['msg~', /^--where "msg~" has no text behind it; write it as in 'msg~timeout'$/],
  ['', /does not begin with a field/],
  ['=5', /does not begin with a field/],
  ['[0]=5', /does not begin with a field/],
  ['a..b=5', /does not begin with a field/],
  ['a.=5', /does not begin with a field/],
  ['"a"=5', /does not begin with a field/],
  ['a[*]!=5', /would match wherever any one element differs; name one element, as in items\[0\]$/],
  ['a[*].b[*]=5', /asks for more than a filter pattern can say; the service takes a field with at most one wildcard$/],
  [`a=${'x'.repeat(1_024)}`, /asks for more than a filter pattern can say; the service takes at most 1024 characters$/],
])('--where %j is refused', (condition, message) => {
  const compile = () => toFilterPattern({ where: [condition] });
  expect(compile).toThrow(UsageError);
  expect(compile).toThrow(message);
});

describe('beside --filter', () => {
  test.each([
    [undefined, [], undefined],
    ['', [], ''],
    [' ?a b', [], ' ?a b'],
    ['  ', ['a=1'], '{ $.a = 1 }'],
    ['{$.b = 1}', ['a=1'], '{ ($.b = 1) && $.a = 1 }'],
    ['{ $.b = 1 || $.c = 2 }', ['a=1', 'd=x,y'], '{ ($.b = 1 || $.c = 2) && $.a = 1 && ($.d = "x" || $.d = "y") }'],
  ])('%j with %j', (filter, where, pattern) => {
    expect(toFilterPattern({ filter, where })).toBe(pattern);
  });

  test.each(['ERROR', '[a, b]', '%x%'])('%s cannot be said in one pattern', (filter) => {
    const combine = () => toFilterPattern({ filter, where: ['a=1'] });
    expect(combine).toThrow(UsageError);
    expect(combine).toThrow(`--where "a=1" asks for a field of JSON messages, and --filter "${filter}" is not`);
  });

  test('too much for one pattern names both', () => {
    const filter = '{ $.a.* = 1 || $.b.* = 1 }';
    expect(() => toFilterPattern({ filter, where: ['c.*=1', 'd.*=1'] })).toThrow(
      `--where conditions and --filter "${filter}" ask together for more than one filter pattern can say`,
    );
  });

  test('too much without --filter', () => {
    expect(() => toFilterPattern({ where: ['a.*=1', 'b.*=1', 'c.*=1', 'd.*=1'] })).toThrow(
      '--where conditions ask together for more than one filter pattern can say',
    );
  });

  test('a filter that is no pattern is refused as such', () => {
    expect(() => toFilterPattern({ filter: '{ $.a == 1 }', where: ['a=1'] })).toThrow(PatternError);
  });
});
