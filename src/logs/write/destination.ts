import {
  type CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { nameOf } from '../../errors.js';
import { causeOf } from '../../failures.js';
import { explainMissingGroup, listGroups } from '../groups.js';

/** The log group that is written to: what of it is missing is made when that turns out. */
export interface Destination {
  /** Makes a stream, and its group where that may be made; what is there already is left as it is. */
  create(logStream: string, signal: AbortSignal): Promise<void>;
  /** How long the group keeps events, in days; undefined where it keeps them for ever or does not tell. */
  retentionDays(signal: AbortSignal): Promise<number | undefined>;
}

/** Which group, and what may be done to it. */
export interface DestinationOptions {
  readonly logGroup: string;
  /** Whether the group is made where it does not exist. */
  readonly createGroup: boolean;
  /** Set on a group that was made here, and on no other. */
  readonly retentionDays: number | undefined;
  readonly onCreated: () => void;
  /** The group was made, and its retention could not be set. */
  readonly onRetentionRefused: (error: unknown) => void;
}

/** Makes the destination of one writer; what several puts find missing at once is made once. */
export function createDestination(client: CloudWatchLogsClient, options: DestinationOptions): Destination {
  const { logGroup } = options;
  const creating = new Map<string, Promise<void>>();
  let retention: Promise<number | undefined> | undefined;
  let ownGroup: Promise<void> | undefined;

  const createGroup = async (abortSignal: AbortSignal): Promise<void> => {
    const made = await unlessThere(client.send(new CreateLogGroupCommand({ logGroupName: logGroup }), { abortSignal }));
    if (made) options.onCreated();
    if (!made || options.retentionDays === undefined) return;
    const policy = { logGroupName: logGroup, retentionInDays: options.retentionDays };
    try {
      await client.send(new PutRetentionPolicyCommand(policy), { abortSignal });
      retention = Promise.resolve(options.retentionDays);
    } catch (error) {
      options.onRetentionRefused(error);
    }
  };
  const createStream = async (logStream: string, abortSignal: AbortSignal): Promise<void> => {
    const command = () => new CreateLogStreamCommand({ logGroupName: logGroup, logStreamName: logStream });
    try {
      await unlessThere(client.send(command(), { abortSignal }));
    } catch (error) {
      if (nameOf(causeOf(error)) !== 'ResourceNotFoundException') throw error;
      if (!options.createGroup) throw await explainMissingGroup(client, error);
      ownGroup ??= createGroup(abortSignal).finally(() => {
        ownGroup = undefined;
      });
      await ownGroup;
      await unlessThere(client.send(command(), { abortSignal }));
    }
  };

  return {
    create(logStream, signal) {
      const made = creating.get(logStream) ?? createStream(logStream, signal).finally(() => creating.delete(logStream));
      creating.set(logStream, made);
      return made;
    },
    retentionDays(signal) {
      retention ??= lookUpRetention(client, logGroup, signal);
      return retention;
    },
  };
}

/** Whether it was made; false where another was first. */
async function unlessThere(creation: Promise<unknown>): Promise<boolean> {
  try {
    await creation;
    return true;
  } catch (error) {
    if (nameOf(causeOf(error)) === 'ResourceAlreadyExistsException') return false;
    throw error;
  }
}

async function lookUpRetention(
  client: CloudWatchLogsClient,
  logGroup: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    for await (const group of listGroups(client, { kind: 'prefix', prefix: logGroup }, { signal })) {
      if (group.logGroupName === logGroup) return group.retentionInDays;
    }
  } catch {
    // Whoever may write need not be allowed to list: then the service counts what has expired.
  }
  return undefined;
}
