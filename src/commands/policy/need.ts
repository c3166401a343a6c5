import type { GroupSelection } from '../../logs/read/sources.js';

/** Actions that IAM ties to a log group. */
type GroupAction =
  | 'CreateExportTask'
  | 'CreateLogGroup'
  | 'CreateLogStream'
  | 'DescribeLogStreams'
  | 'FilterLogEvents'
  | 'PutRetentionPolicy'
  | 'StartLiveTail'
  | 'StartQuery'
  | 'Unmask';

/** Actions that IAM ties to nothing: whoever may do them may do them everywhere. */
type FreeAction =
  | 'CancelExportTask'
  | 'DescribeExportTasks'
  | 'GetQueryResults'
  | 'ListLogGroups'
  | 'StopQuery'
  | 'TestMetricFilter';

/**
 * What a command line asks of AWS, by what IAM ties the actions to.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
 */
export type Need =
  | { readonly on: 'groups'; readonly actions: readonly GroupAction[]; readonly places: readonly Place[] }
  /** Without a name: any stream of the group. */
  | {
      readonly on: 'stream';
      readonly actions: readonly ['PutLogEvents'];
      readonly place: Place;
      readonly logStream: string | undefined;
    }
  /** Whichever groups are asked about, IAM takes it for all of the region. */
  | { readonly on: 'listing'; readonly actions: readonly ['DescribeLogGroups']; readonly regions: readonly string[] }
  | { readonly on: 'nothing'; readonly actions: readonly FreeAction[] }
  | {
      readonly on: 'bucket';
      readonly actions: readonly ['PutObject'];
      readonly region: string;
      readonly bucket: string;
      readonly prefix: string;
    };

/** The region of a command line that does not say it, and is not told it by the machine. */
export const anyRegion = '*';

/** Where a group is: its name, in which `*` stands for any text, or its ARN. */
export interface Place {
  readonly region: string;
  readonly logGroup: string;
}

/** Where groups are that are asked about by these names: one by ARN is in the region of its ARN alone. */
export function placesOf({ logGroups, regionsOf = {} }: GroupSelection, regions: readonly string[]): Place[] {
  return logGroups.flatMap((logGroup) => {
    const ofArn = logGroup.startsWith('arn:') ? logGroup.split(':').slice(3, 4) : regions;
    const places = Object.hasOwn(regionsOf, logGroup) ? (regionsOf[logGroup] ?? ofArn) : ofArn;
    return places.map((region) => ({ region, logGroup }));
  });
}
