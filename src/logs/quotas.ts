/**
 * Requests a second that CloudWatch Logs allows an account in one region, by operation.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
 */
export function quotaOf(operation: string, region: string): number | undefined {
  if (operation === 'FilterLogEvents') {
    if (region === 'us-east-1') return 25;
    return fiveFilterRegions.has(region) ? 5 : 10;
  }
  if (operation === 'GetLogEvents') {
    if (region === 'eu-west-3') return 30;
    return tenGetRegions.has(region) ? 10 : 25;
  }
  return otherQuotas[operation];
}

const fiveFilterRegions: ReadonlySet<string> = new Set([
  'ap-northeast-3',
  'ap-southeast-3',
  'ca-west-1',
  'eu-central-1',
  'il-central-1',
]);

const tenGetRegions: ReadonlySet<string> = new Set([
  'us-west-2',
  'eu-west-1',
  'eu-central-1',
  'ap-northeast-3',
  'ap-southeast-3',
  'ca-west-1',
  'il-central-1',
]);

const otherQuotas: Readonly<Record<string, number>> = {
  CancelExportTask: 5,
  CreateExportTask: 5,
  CreateLogGroup: 10,
  CreateLogStream: 50,
  DescribeExportTasks: 5,
  DescribeLogGroups: 10,
  DescribeLogStreams: 25,
  GetQueryResults: 10,
  PutRetentionPolicy: 5,
  StartLiveTail: 5,
  StartQuery: 10,
  TestMetricFilter: 5,
};
