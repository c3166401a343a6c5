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
  [
    ['status!=7'],
    '{ $.status != 7 || $.status IS TRUE || $.status IS FALSE || $.status IS NULL || $.status NOT EXISTS }',
  ],
  [['a=true'], '{ $.a IS TRUE || $.a = "true" }'],
  [['a!=false'], '{ $.a != "false" || $.a IS TRUE || $.a IS NULL || $.a NOT EXISTS }'],
  [['a=null'], '{ $.a IS NULL }'],
  [['a!=null'], '{ $.a = "*" || $.a IS TRUE || $.a IS FALSE }'],
  [['a=null,x'], '{ $.a IS NULL || $.a = "x" }'],
  [['a!=x,y'], '{ ($.a != "x" && $.a != "y") || $.a IS TRUE || $.a IS FALSE || $.a IS NULL || $.a NOT EXISTS }'],
  [['a!=null,true,x'], '{ ($.a != "true" && $.a != "x") || $.a IS FALSE }'],
  [['b=1', 'a!=null'], '{ $.b = 1 && ($.a = "*" || $.a IS TRUE || $.a IS FALSE) }'],
  [['msg~timed out'], '{ $.msg = "*timed out*" }'],
  [['msg~a,b'], '{ $.msg = "*a*" || $.msg = "*b*" }'],
  [['path=/api/*'], '{ $.path = "/api/*" }'],
  [['a='], '{ $.a = "" }'],
  [['a="7"'], '{ $.a = "7" }'],
  [['a="null"'], '{ $.a = "null" }'],
  [['a="x, y"'], '{ $.a = "x, y" }'],
  [['a="x","y, z", 7'], '{ $.a = "x" || $.a = "y, z" || $.a = 7 }'],
  [['a="TRUE"'], '{ $.a = "TRUE" }'],
  [['a="=5"'], '{ $.a = "=5" }'],
  [['msg~"a, and b=c"'], '{ $.msg = "*a, and b=c*" }'],
  [['msg~a and b'], '{ $.msg = "*a and b*" }'],
  [['msg~a && b'], '{ $.msg = "*a && b*" }'],
  [['msg~a=1,b=2'], '{ $.msg = "*a=1*" || $.msg = "*b=2*" }'],
  [['msg~100%'], '{ $.msg = "*100%*" }'],
  [['msg~<html>'], '{ $.msg = "*<html>*" }'],
  [['msg~TRUE'], '{ $.msg = "*TRUE*" }'],
  [["msg~it's"], `{ $.msg = "*it's*" }`],
  [['title=trial and error'], '{ $.title = "trial and error" }'],
  [['u!=<none>'], '{ $.u != "<none>" || $.u IS TRUE || $.u IS FALSE || $.u IS NULL || $.u NOT EXISTS }'],
  [['path=/a?b=c&d=e'], '{ $.path = "/a?b=c&d=e" }'],
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
    [
      'a!=x',
      ['{"a":"y"}', '{"a":1}', '{"a":true}', '{"a":false}', '{"a":null}', '{}'],
      ['{"a":"x"}', '{"a":{}}', '{"a":[1]}'],
    ],
    ['a!="true"', ['{"a":true}', '{"a":false}'], ['{"a":"true"}']],
    ['a!=x,y', ['{"a":"z"}', '{"a":true}', '{}'], ['{"a":"x"}', '{"a":"y"}']],
    ['a!=false,null', ['{"a":"z"}', '{"a":true}', '{"a":0}'], ['{"a":false}', '{"a":"false"}', '{"a":null}', '{}']],
    ['a~b', ['{"a":"abc"}'], ['{"a":"ac"}', '{}']],
  ])('%s', (condition, found, others) => {
    const matches = compileFilterPattern(toFilterPattern({ where: [condition] }) ?? '');
    expect([found.filter((message) => !matches(message)), others.filter(matches)]).toEqual([[], []]);
  });

  test('a field and its value, whatever they are', () => {
    const name = fc.string({ unit: 'binary', maxLength: 20 }).filter((text) => !text.includes("'"));
    const value = fc.string({ unit: 'binary', maxLength: 20 }).filter((text) => !/^\*|\*$|",/.test(text));
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
  ['ERROR', /is a term to look for, not a condition on a field; write --filter ERROR$/],
  ['%err%', /; write --filter %err%$/],
  ['"timed out"', /is a filter pattern, not a condition; write --filter '"timed out"'$/],
  ['{ $.a = 1 }', /is a filter pattern, not a condition; write --filter '\{ \$\.a = 1 \}'$/],
  ['{$.a=1}', /is a filter pattern, not a condition; write --filter '\{\$\.a=1\}'$/],
  ['level:error', /has no comparison; write level=error$/],
  ['status=500..599', /looks like a range of numbers; write -w 'status>=500' -w 'status<=599', or /],
  ['status=[500 TO 599]', /looks like a range of numbers; write -w 'status>=500' -w 'status<=599', or /],
  ['a IS NULL', /; write a=null$/],
  ['a is not true', /; write 'a!=true'$/],
  ['a NOT EXISTS', /; write --filter '\{ \$\.a NOT EXISTS \}'$/],
  ['a exists', /; write 'a!=null'$/],
  ["a LIKE '%err%'", /; write 'a~err'$/],
  ["a in ('x', y)", /; write a=x,y$/],
  [
    'status==500',
    /^--where "status==500" has == where = is meant; write status=500, or 'status="=500"' for that text$/,
  ],
  ['status===500', /has === where = is meant; write status=500,/],
  ['status=>500', /has => where >= is meant; write 'status>=500',/],
  ['status=<500', /has =< where <= is meant; write 'status<=500',/],
  ['status>==500', /has >== where >= is meant; write 'status>=500'$/],
  ['status<>500', /has <> where != is meant; write 'status!=500'$/],
  ['status!==500', /has !== where != is meant; write 'status!=500',/],
  ['status=!500', /has =! where != is meant; write 'status!=500',/],
  ['level=~err', /has =~ where ~ is meant; write 'level~err', or 'level="~err"' for that text$/],
  ['level~=err', /has ~= where ~ is meant; write 'level~err',/],
  ["level='error'", /has quotes inside, .*; they are not needed: write level=error$/],
  ["level='error','fatal'", /write level=error,fatal$/],
  ["msg~'timed out'", /write 'msg~timed out'$/],
  ['level=“error”', /write level=error$/],
  [
    'level=error and status=500',
    /^--where "[^"]+" is more than one condition, joined by and; give each its own: -w level=error -w status=500$/,
  ],
  ['level=error AND status>=500', /joined by AND; give each its own: -w level=error -w 'status>=500'$/],
  ['a>=1 && b=2', /joined by &&; give each its own: -w 'a>=1' -w b=2$/],
  ['a=1&&b=2', /give each its own: -w a=1 -w b=2$/],
  ['msg~a and b=c', /give each its own: -w 'msg~a' -w b=c, or 'msg~"a and b=c"' for that text$/],
  ['level="error" and status="500"', /give each its own: -w 'level="error"' -w 'status="500"'$/],
  ['level=error or level=fatal', /joined by or; write level=error,fatal$/],
  ['level=error || status>=500', /joined by \|\|; either of two fields is asked for by --filter, as in/],
  ['level=error || fatal', /no comma separates; write level=error,fatal, or 'level="error \|\| fatal"' for that text$/],
  ['level=error or fatal', /write level=error,fatal,/],
  ['level=error|fatal', /write level=error,fatal,/],
  ['level="error" or "fatal"', /write 'level="error","fatal"'$/],
  ['level=error,status=500', /joined by a comma; give each its own: -w level=error -w status=500, or/],
  [
    'level=error,',
    /has a comma without a value; write level=error, without spaces, or 'level="error,"' for that text$/,
  ],
  ['level=error,,fatal', /has a comma without a value; write level=error,fatal, without/],
  ['msg~a,', /has a comma without a value; write 'msg~a',/],
  ['ok=TRUE', /has TRUE, which JSON writes in small letters; write ok=true, or 'ok="TRUE"' for that text$/],
  ['ok!=x,Null', /has Null, which JSON writes in small letters; write 'ok!=x,null',/],
  ['level=%err%', /has % signs, .*; write 'level~err' for a part of the text$/],
  ['level=%^e.r%', /has a regular expression, .*; write --filter '\{ \$\.level = %\^e\.r% \}'$/],
  ['status 500', /^--where "status 500" has no comparison; behind the field comes one of = != < <= > >= ~$/],
  ['a!~x', /has no comparison; write 'a!=\*x\*'$/],
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
