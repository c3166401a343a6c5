import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTypedLine, toBashReplies } from '../../../src/commands/completion/typed-line.js';

test.each<[title: string, line: string, words: string[], raw: string]>([
  ['a word', 'cwlogs fe', ['fe'], 'fe'],
  ['a space begins a word', 'cwlogs fetch ', ['fetch', ''], ''],
  ['single quotes', "cwlogs fetch 'a b' x", ['fetch', 'a b', 'x'], 'x'],
  ['a single quote that is open', "cwlogs fetch '/demo/w", ['fetch', '/demo/w'], "'/demo/w"],
  ['a double quote that is open', 'cwlogs fetch "a \\"b', ['fetch', 'a "b'], '"a \\"b'],
  ['backslashes', 'cwlogs fetch a\\ b\\[\\$L', ['fetch', 'a b[$L'], 'a\\ b\\[\\$L'],
  ['a backslash in single quotes', "cwlogs 'a\\' b", ['a\\', 'b'], 'b'],
  ['a backslash in double quotes', 'cwlogs "a\\b\\$" b', ['a\\b$', 'b'], 'b'],
  ['a backslash at the end', 'cwlogs a\\', ['a'], 'a\\'],
  ['quotes in the middle', `cwlogs a'b'"c"d`, ['abcd'], `a'b'"c"d`],
  ['an option with its value', "cwlogs fetch --stream='a b", ['fetch', '--stream=a b'], "--stream='a b"],
  ['what would be carried out', 'cwlogs fetch $(id) `id` $G', ['fetch', '$(id)', '`id`', '$G'], '$G'],
  ['variables before the command', 'A=1 B=2 cwlogs fetch', ['fetch'], 'fetch'],
  ['a redirection before the word', 'cwlogs fetch 2> log /x', ['fetch', '/x'], '/x'],
  ['a redirection without spaces', 'cwlogs fetch >log 2>&1 /x', ['fetch', '/x'], '/x'],
  ['a tab and a new line', 'cwlogs\tfetch\n/x', ['fetch', '/x'], '/x'],
  ['nothing', '', [''], ''],
])('%s', (_, line, words, raw) => {
  expect(readTypedLine(line)).toEqual({ words, raw, isRedirect: false });
});

test.each(['cwlogs fetch /x > lo', 'cwlogs fetch /x >', 'cwlogs pattern E < ', 'cwlogs fetch 2>lo'])(
  'what is redirected to is a file: %s',
  (line) => {
    expect(readTypedLine(line).isRedirect).toBe(true);
  },
);

describe('what bash inserts', () => {
  const lambda = '2026/11/20/[$LATEST]0a';
  test.each<[title: string, line: string, replaced: string, values: string[], replies: string[]]>([
    ['a plain word', 'cwlogs fetch /de', '/de', ['/demo/api'], ['/demo/api']],
    ['the value alone, after a =', 'cwlogs fetch --format=js', 'js', ['--format=json'], ['json']],
    ['what is behind a colon', 'cwlogs fetch arn:aws:lo', 'lo', ['arn:aws:logs'], ['logs']],
    ['quotes where there are none', 'cwlogs x 2026', '2026', [lambda], [`'${lambda}'`]],
    ['quotes after a =', 'cwlogs x --stream=2026', '2026', [`--stream=${lambda}`], [`'${lambda}'`]],
    ['what stands in an open single quote', "cwlogs x '2026", '2026', [lambda, "a'b", '2'], [lambda, "a'\\''b", '2']],
    ['what stands in an open double quote', 'cwlogs x "2', '2', [lambda], ['2026/11/20/[\\$LATEST]0a']],
    ['a ! in a double quote', 'cwlogs x "a', 'a', ['a!"b'], [`a"'!'"\\"b`]],
    ['all or none in quotes', 'cwlogs x ', '', ['a', '$(id)'], ["'a'", "'$(id)'"]],
    ['instead of backslashes', 'cwlogs x a\\ b', 'a\\ b', ['a b;c'], ["'a b;c'"]],
    ['after quotes that are closed', `cwlogs x "/demo/"'w`, 'w', ['/demo/worker'], ['worker']],
    ['nothing where the kept part is another', 'cwlogs x a:b', 'b', ['c:b'], []],
  ])('%s', (_, line, replaced, values, replies) => {
    expect(toBashReplies(values, readTypedLine(line), replaced)).toEqual(replies);
  });

  test.skipIf(process.platform === 'win32')(
    'bash reads every reply as the value, whatever it holds and whichever quote is open',
    () => {
      const value = fc.string({
        unit: fc.constantFrom(...'aB/ $`\'"\\!;&|<>()[]{}*?~#=%'),
        minLength: 1,
        maxLength: 12,
      });
      const quote = fc.constantFrom('', "'", '"');
      fc.assert(
        fc.property(fc.array(fc.tuple(value, quote), { minLength: 40, maxLength: 80 }), (cases) => {
          const words = cases.map(([text, open]) => {
            const [reply = ''] = toBashReplies([text], readTypedLine(`cwlogs x ${open}`), '');
            return `${open}${reply}${open}`;
          });
          const out = execFileSync('bash', ['-c', `printf '%s\\0' ${words.join(' ')}`], { encoding: 'utf8' });
          expect(out.split('\0').slice(0, -1)).toEqual(cases.map(([text]) => text));
        }),
        { numRuns: 20 },
      );
    },
  );
});
