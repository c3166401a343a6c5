import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../save/folder.js';
import { type Console, isPlain, isRunnable, openConsole } from './console.js';
import { renderTerminal } from './terminal-svg.js';

// What the commands show is written into the README and its pictures by:
//   npm run build && npx vitest run --config test/vitest.config.ts test/readme -u

const root = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(`${root}README.md`, 'utf8');
let console: Console;
const opened = process.cwd();

beforeAll(async () => {
  console = await openConsole();
});
afterAll(() => console.close());

test('what the README shows of its commands is what they write', async () => {
  process.chdir(temporaryFolder());
  onTestFinished(() => process.chdir(opened));
  const blocks = readme.split(/(^```console\n[\s\S]*?^```$)/m);
  const lines = blocks.flatMap((block, index) => (index % 2 === 1 ? entriesOf(block).map(lineOf) : []));
  // Processes of their own: all at once.
  const piped = new Map(
    lines.filter((line) => !isPlain(line) && isRunnable(line)).map((line) => [line, console.run(line)]),
  );
  let shown = '';
  for (const [index, block] of blocks.entries()) {
    if (index % 2 === 0) shown += block;
    else shown += `\`\`\`console\n${await showEntries(block, piped)}\`\`\``;
  }
  await expect(shown).toMatchFileSnapshot(`${root}README.md`);
});

test.each([
  ['tail', "cwlogs tail '/demo/*' -v healthy --start 45s --until-match ERROR", 112],
  ['histogram', 'cwlogs histogram /demo/api --start 14h --where level=error,warn --by level', 88],
])('the picture of %s is what a terminal shows', async (name, line, columns) => {
  const terminal = await openConsole(columns);
  const shown = await terminal.run(line);
  await terminal.close();
  await expect(renderTerminal(line, shown, columns)).toMatchFileSnapshot(`${root}.github/${name}.svg`);
  expect(readme).toContain(`(.github/${name}.svg)`);
});

test('the README fits on 250 lines', () => {
  expect(readme.split('\n').length - 1).toBeLessThanOrEqual(250);
});

test('the tests that the README names are there', () => {
  const named = [...readme.matchAll(/`(\S+\.test\.ts)`(?: “([^”]+)”)?/g)];
  expect(named.length).toBeGreaterThan(5);
  const missing = named.filter(([, path = '', title = '']) => {
    const file = `${root}test/${path}`;
    return !existsSync(file) || !readFileSync(file, 'utf8').includes(title);
  });
  expect(missing.map(([text]) => text)).toEqual([]);
});

/** The command lines of a block, each with what is shown of it. */
function entriesOf(block: string): string[] {
  return block.replace(/^```console\n|```$/g, '').split(/^(?=\$ )/m);
}

function lineOf(entry: string): string {
  return entry.slice('$ '.length, entry.indexOf('\n'));
}

/** The command lines of a block with what they write now; what cannot be run here stays as it is. */
async function showEntries(block: string, piped: ReadonlyMap<string, Promise<string>>): Promise<string> {
  let shown = '';
  for (const entry of entriesOf(block)) {
    const line = lineOf(entry);
    if (!isRunnable(line)) shown += entry;
    else shown += `$ ${line}\n${cut(await (piped.get(line) ?? console.run(line)))}`;
  }
  return shown;
}

/** So wide is what the README shows of a line. */
const maxColumns = 118;

function cut(text: string): string {
  const lines = text.split('\n').map((line) => {
    const characters = [...line];
    return characters.length <= maxColumns ? line : `${characters.slice(0, maxColumns - 1).join('')}…`;
  });
  const whole = lines.join('\n');
  return whole === '' || whole.endsWith('\n') ? whole : `${whole}\n`;
}
