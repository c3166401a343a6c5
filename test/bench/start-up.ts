import { inTurn, median, runNode } from './measure.js';
import type { Row } from './run.js';

const rounds = 11;

/** How long cwlogs takes to say its version or its help, against Node doing nothing. */
export async function* startUp(bin: string): AsyncGenerator<Row> {
  const runs = await inTurn(rounds, {
    floor: () => runNode(['-e', '0']),
    version: () => runNode([bin, '--version']),
    help: () => runNode([bin, '--help']),
    dryRun: () => runNode([bin, 'fetch', 'g', '--start', '2h', '--dry-run']),
  });
  const floorMs = median(runs.floor.map(({ wallMs }) => wallMs));
  const row = (what: string, measured: readonly { wallMs: number }[], limit: string): Row => {
    const ms = median(measured.map(({ wallMs }) => wallMs));
    return [what, `${ms.toFixed(0)} ms`, `${(ms / floorMs).toFixed(2)} × node -e 0 (${floorMs.toFixed(0)} ms)`, limit];
  };
  yield* [
    row('start-up: --version', runs.version, '≤ 1.35'),
    row('start-up: --help', runs.help, ''),
    row('start-up: fetch --dry-run', runs.dryRun, ''),
  ];
}
