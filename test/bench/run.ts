import { fileURLToPath } from 'node:url';
import { patterns } from './patterns.js';
import { put } from './put.js';
import { startUp } from './start-up.js';
import { tail } from './tail.js';
import { throughput } from './throughput.js';
import { windows } from './windows.js';

/** What was measured, the figure, what it is compared with, and the limit it is held to. */
export type Row = readonly [what: string, figure: string, comparison: string, limit: string];

const bin = fileURLToPath(new URL('../../bin/cwlogs.cjs', import.meta.url));
const sections: Readonly<Record<string, (bin: string) => AsyncIterable<Row>>> = {
  startup: startUp,
  throughput,
  windows,
  tail,
  put,
  patterns,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in sections));
if (unknown.length > 0)
  throw new Error(`no bench ${unknown.join(', ')}; there are: ${Object.keys(sections).join(', ')}`);

console.log(`cwlogs bench, Node ${process.versions.node}, medians`);
for (const [name, measure] of Object.entries(sections)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for await (const row of measure(bin)) {
    console.log(
      row
        .map((cell, column) => cell.padEnd([44, 14, 52][column] ?? 0))
        .join(' ')
        .trimEnd(),
    );
  }
}
