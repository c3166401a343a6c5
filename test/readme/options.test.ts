import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { main } from '../../src/main.js';
import { createProgram } from '../../src/program.js';
import { temporaryFolder } from '../save/folder.js';
import { memoryIo } from '../support/memory-io.js';
import { toWords } from './console.js';

const commands = createProgram(memoryIo()).commands;
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const opened = process.cwd();

beforeEach(() => {
  process.chdir(temporaryFolder());
  // What the examples take as given.
  writeFileSync('slow.cwli', 'fields @timestamp');
  mkdirSync('out');
});
afterEach(() => process.chdir(opened));

test('every option in the README is one of a command', () => {
  const known = new Set(commands.flatMap(({ options }) => options.flatMap(({ short, long }) => [short, long])));
  const ours = readme
    .replaceAll(/^\| (?:[^|]*\|){5}(?=[^|]*\|$)/gm, '')
    .replaceAll(/^```(?:sh|ts|js)\n[\s\S]*?^```$/gm, '');
  const code = [...ours.matchAll(/`([^`\n]+)`|^\$ (.*)$/gm)].map(([, inline, line]) => inline ?? line ?? '');
  const named = code.flatMap((text) =>
    text
      .split(/\| *(?!cwlogs)/, 1)
      .flatMap((part) => part.replaceAll(/'[^']*'|"[^"]*"/g, '').match(/(?<=^|\s)-{1,2}[a-zA-Z0][\w-]*/g) ?? []),
  );
  expect(named.length).toBeGreaterThan(50);
  known.add('--help');
  expect([...new Set(named)].filter((option) => !known.has(option))).toEqual([]);
});

const examples = commands.flatMap((command) => {
  let help = '';
  command.configureOutput({
    writeOut: (text) => {
      help += text;
    },
  });
  command.outputHelp();
  const lines = (help.split('\nExamples:\n')[1] ?? '').match(/^ {2}.*\bcwlogs .*$/gm) ?? [];
  return lines.flatMap((line) => runsOf(line).map((words) => [words.join(' '), words] as const));
});

test('there are examples', () => {
  expect(examples.length).toBeGreaterThan(2 * commands.length - 1);
});

test.each(examples)('an example of the help is understood: %s', async (_, [word = '', ...others]) => {
  const words = word === 'demo' ? others.slice(others[0] === '--at' ? 2 : 0) : [word, ...others];
  const [name] = words;
  const command = commands.find((each) => each.name() === name);
  const dry = command?.options.some(({ long }) => long === '--dry-run') === true && !words.includes('--list');
  const io = memoryIo({ stdin: ['/prod/a\n'], env: { TZ: 'UTC', AWS_REGION: 'us-east-1' } });
  if (dry) expect([await main([...words, '--dry-run'], io), io.stderr.text()]).toEqual([0, '']);
  else await parseAlone(words);
});

/** Parses a command line as commander does, and runs nothing. */
async function parseAlone(words: readonly string[]): Promise<void> {
  const program = createProgram(memoryIo(), words);
  let parsed = 0;
  for (const command of program.commands) {
    command.action(() => {
      parsed += 1;
    });
  }
  await program.parseAsync([...words], { from: 'user' });
  expect(parsed).toBe(1);
}

/** The runs of cwlogs in a line of a shell, each as its arguments. */
function runsOf(line: string): string[][] {
  const parts = line.match(/(?:'[^']*'|"[^"]*"|[^'"|])+/g) ?? [];
  return parts.flatMap((part) => {
    const at = part.indexOf('cwlogs ');
    if (at < 0) return [];
    const ended = part.slice(at).replace(/\)$| > \S+$/, '');
    return [toWords(ended).slice(1)];
  });
}
