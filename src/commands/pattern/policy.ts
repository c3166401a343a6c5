import type { Io } from '../../io.js';
import { toClientOptions } from '../options/client.js';
import type { GlobalFlags } from '../options/global.js';
import { printPolicy } from '../policy/print-policy.js';

/** Prints what `pattern` needs: with `--aws`, to let the service match. */
export async function printPatternPolicy(
  { judge }: { readonly judge: 'cwlogs' | 'service' },
  flags: GlobalFlags,
  io: Io,
): Promise<void> {
  if (judge === 'cwlogs') return printPolicy([], flags, io);
  toClientOptions(flags, io);
  await printPolicy([{ on: 'nothing', actions: ['TestMetricFilter'] }], flags, io);
}
