import type { ClientOptions } from '../../logs/client.js';
import { refuseForeignArns } from '../options/names.js';
import { anyRegion } from './need.js';

/**
 * The regions in which a run asks, as far as flags, environment and configuration tell; refuses the ARN of a group in
 * another.
 */
export async function regionsAsked(
  clientOptions: readonly ClientOptions[],
  operands: readonly string[] = [],
): Promise<string[]> {
  const regions = await Promise.all(clientOptions.map((options) => options.region ?? configuredRegion(options)));
  if (!regions.includes(anyRegion)) refuseForeignArns(operands, regions);
  return regions;
}

/** The region of the profile, which the SDK reads from files. */
async function configuredRegion(options: ClientOptions): Promise<string> {
  const { connect } = await import('../../logs/client.js');
  try {
    const { client, region } = await connect(options);
    client.destroy();
    return region;
  } catch {
    // Whoever writes a policy for another machine need not have it here.
    return anyRegion;
  }
}
