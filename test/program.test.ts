import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { main } from '../src/main.js';
import { createProgram } from '../src/program.js';
import { memoryIo } from './support/memory-io.js';

const program = await createProgram(memoryIo());
const commands = program
  .createHelp()
  .visibleCommands(program)
  .filter((command) => command.name() !== 'help');
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('the README’s table of commands says what the help says', () => {
  const table = /\n## Commands\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? '';
  const rows = [...table.matchAll(/^\| `(?<usage>[^`]+)`(?: \(or `(?<alias>\w+)`\))? +\| (?<summary>.*?) +\|$/gm)];
  const documented = rows.map(({ groups }) => ({ ...groups }));
  const registered = commands.map((command) => ({
    usage: [command.name(), ...command.registeredArguments.map(renderArgument)].join(' '),
    alias: command.alias() === '' ? undefined : command.alias(),
    summary: command.summary(),
  }));
  expect(documented).toEqual(registered);
});

test('the help of the whole lists the operands that the commands take', async () => {
  const io = memoryIo();
  expect(await main(['--help'], io)).toBe(0);
  const listed = io.stdout.text().split('\nCommands:\n')[1] ?? '';
  for (const command of commands) {
    const names = [command.name(), ...command.aliases()].join('|');
    const takes = [
      ...(command.options.length > 0 ? ['[options]'] : []),
      ...command.registeredArguments.map(renderArgument),
    ];
    expect(listed).toContain(`  ${[names, ...takes].join(' ')} `);
  }
});

function renderArgument(argument: { name(): string; required: boolean; variadic: boolean }): string {
  const name = argument.variadic ? `${argument.name()}...` : argument.name();
  return argument.required ? `<${name}>` : `[${name}]`;
}

test.each(commands.map((command) => [command.name(), command] as const))(
  'the help of %s ends with two examples at least',
  (_, command) => {
    let help = '';
    const writeOut = (text: string) => {
      help += text;
    };
    command.configureOutput({ writeOut }).outputHelp();
    const examples = help.split('\nExamples:\n')[1] ?? '';
    expect(examples.match(/^ {2}.*\bcwlogs /gm)?.length).toBeGreaterThanOrEqual(2);
  },
);

test.each(commands.map((command) => command.name()))(
  'the help of %s fits a terminal, but for examples',
  async (name) => {
    const io = memoryIo();
    expect(await main([name, '--help'], io)).toBe(0);
    const [text = ''] = io.stdout.text().split('\nExamples:\n');
    expect(text.split('\n').filter((line) => line.length > 100)).toEqual([]);
  },
);
