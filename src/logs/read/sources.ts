import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';

/** Which groups are read, and where. */
export interface GroupSelection {
  /** Names or ARNs; the order in which events equal in all else are given. */
  readonly logGroups: readonly string[];
  /** The regions in which a group is read, by its name, where that is not every region. */
  readonly regionsOf?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** A group in one region. */
export interface GroupSource {
  readonly client: CloudWatchLogsClient;
  readonly logGroup: string;
}

/** Every group with a client of each region in which it is read; one by ARN is read in the region of its ARN alone. */
export async function sourcesOf(
  clients: readonly CloudWatchLogsClient[],
  { logGroups, regionsOf = {} }: GroupSelection,
): Promise<GroupSource[]> {
  const places = await Promise.all(clients.map(async (client) => ({ client, region: await client.config.region() })));
  return logGroups.flatMap((logGroup) => {
    const wanted = Object.hasOwn(regionsOf, logGroup) ? regionsOf[logGroup] : regionOfArn(logGroup);
    const read = places.filter(({ region }) => wanted === undefined || wanted.includes(region));
    // Where none of them is meant, the service is the one to say so.
    return (read.length > 0 ? read : places).map(({ client }) => ({ client, logGroup }));
  });
}

/** The region in which a group is that was given by ARN. */
function regionOfArn(logGroup: string): readonly string[] | undefined {
  return logGroup.startsWith('arn:') ? logGroup.split(':').slice(3, 4) : undefined;
}
