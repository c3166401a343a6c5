import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../save/folder.js';
import { type Console, isRunnable, openConsole } from './console.js';

const path = new URL('../../README.md', import.meta.url).pathname;
const readme = readFileSync(path, 'utf8');

let console: Console;
const home = process.cwd();

beforeAll(async () => {
  console = await openConsole();
});
afterAll(() => console.close());

// Rewritten by: npx vitest run --config test/vitest.config.ts test/readme -u
test('what the README shows of its commands is what they write', async () => {
  process.chdir(temporaryFolder());
  let shown = '';
  for (const [index, part] of readme.split(/(^```console\n[\s\S]*?^```$)/m).entries()) {
    shown += index % 2 === 0 ? part : await runBlock(part);
  }
  process.chdir(home);
  await expect(shown).toMatchFileSnapshot(path);
});

/** A block with the output of each of its lines as it is now. */
async function runBlock(block: string): Promise<string> {
  let shown = '```console\n';
  for (const entry of block.split('\n').slice(1, -1).join('\n').split(/^(?=\$ )/m)) {
    const [first = ''] = entry.split('\n', 1);
    const line = first.slice('$ '.length);
    shown += isRunnable(line) ? `${first}\n${cut(await console.run(line))}` : entry;
  }
  return `${shown}\`\`\``;
}

/** So wide is what the README shows of a line. */
const maxColumns = 118;

function cut(text: string): string {
  const lines = text.split('\n').map((line) => {
    const characters = [...line];
    return characters.length <= maxColumns ? line : `${characters.slice(0, maxColumns - 1).join('')}…`;
  });
  const cutText = lines.join('\n');
  return cutText === '' || cutText.endsWith('\n') ? cutText : `${cutText}\n`;
}
