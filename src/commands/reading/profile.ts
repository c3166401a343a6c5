import { closest, distance } from 'fastest-levenshtein';
import { quote, UsageError } from '../../errors.js';
import type { Io, Reporter } from '../../io.js';
import { variable } from '../options/client.js';
import type { GlobalFlags } from '../options/global.js';

/** Refuses a profile that does not exist; the SDK would go on to look for credentials elsewhere. */
export async function checkProfile(flags: GlobalFlags, io: Io, reporter: Reporter): Promise<void> {
  const profile = flags.profile ?? variable(io.env, 'AWS_PROFILE');
  // There need be no file for the default.
  if (profile === undefined || profile === 'default') return;
  const { readProfiles } = await import('../../logs/profiles.js');
  const { paths, names } = await readProfiles(io.env);
  const flag = flags.profile === undefined ? 'AWS_PROFILE' : '--profile';
  if (!names.includes(profile)) {
    const fix = fixFor(profile, names);
    throw new UsageError({ flag, value: profile, problem: `is not a profile of ${paths.join(' or ')}`, fix });
  }
  const hasKeys = variable(io.env, 'AWS_ACCESS_KEY_ID') !== undefined;
  if (flag === 'AWS_PROFILE' && hasKeys) {
    await reporter.notice(`AWS_PROFILE ${quote(profile)} decides: the keys in the environment are not used`);
  }
}

const maxShownNames = 10;

function fixFor(profile: string, names: readonly string[]): string {
  if (names.length === 0) return `there is none; run: aws configure --profile ${profile || 'prod'}`;
  const near = closest(profile, [...names]);
  if (distance(near, profile) <= (profile.length < 4 ? 1 : 2)) return `did you mean ${quote(near)}?`;
  const shown = names.slice(0, maxShownNames).join(', ');
  return `there are ${shown}${names.length > maxShownNames ? ` and ${names.length - maxShownNames} others` : ''}`;
}
