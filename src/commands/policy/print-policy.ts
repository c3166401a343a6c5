import { UsageError } from '../../errors.js';
import { createReporter, type Io } from '../../io.js';
import type { GlobalFlags } from '../options/global.js';
import { checkProfile } from '../reading/profile.js';
import type { Need } from './need.js';
import { resourcesOf } from './resources.js';

interface Statement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

/**
 * Prints what a command line needs as an IAM policy. What hints alone ask for, on the way to an error or where nothing
 * was found, is no need: denied, they are left out. A policy without a statement would be none, and is refused.
 */
export async function printPolicy(needs: readonly Need[], flags: GlobalFlags, io: Io): Promise<void> {
  if (needs.length === 0) {
    const problem = 'has nothing to print: this command line asks nothing of AWS, and needs no permission';
    throw new UsageError({ flag: '--print-policy', problem, fix: 'leave it out' });
  }
  // It tells the region.
  await checkProfile(flags, io, createReporter(io, flags));
  const policy = { Version: '2012-10-17', Statement: toStatements(needs) };
  await io.stdout.write(`${JSON.stringify(policy, null, 2)}\n`);
}

/** One statement for the actions that have the same resources. */
function toStatements(needs: readonly Need[]): Statement[] {
  const resources = new Map<string, Set<string>>();
  for (const need of needs) {
    for (const name of need.actions) {
      const action = `${need.on === 'bucket' ? 's3' : 'logs'}:${name}`;
      resources.set(action, new Set([...(resources.get(action) ?? []), ...resourcesOf(need)]));
    }
  }
  const statements = new Map<string, Statement>();
  for (const action of [...resources.keys()].sort()) {
    const Resource = [...(resources.get(action) ?? [])].sort();
    const key = Resource.join(' ');
    const Action = [...(statements.get(key)?.Action ?? []), action];
    statements.set(key, { Effect: 'Allow', Action, Resource });
  }
  return [...statements.values()];
}
