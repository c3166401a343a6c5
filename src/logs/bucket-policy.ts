import { partitionOf } from '../partition.js';

/** What a bucket is to be opened for. */
export interface BucketGrant {
  readonly bucket: string;
  readonly prefix: string;
  readonly region: string;
  /** Twelve digits: only exports of this account may be written. */
  readonly accountId: string;
}

/**
 * The policy of a bucket that lets CloudWatch Logs write exports below a prefix of it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3ExportTasks.html
 */
export function toBucketPolicy({ bucket, prefix, region, accountId }: BucketGrant): object {
  const partition = partitionOf(region);
  const bucketArn = `arn:${partition}:s3:::${bucket}`;
  const common = { Effect: 'Allow', Principal: { Service: `logs.${region}.${domainOf(region)}` } };
  const owner = { 'aws:SourceAccount': accountId };
  const source = { ArnLike: { 'aws:SourceArn': `arn:${partition}:logs:${region}:${accountId}:log-group:*` } };
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'CloudWatchLogsLooks',
        ...common,
        Action: 's3:GetBucketAcl',
        Resource: bucketArn,
        Condition: { StringEquals: owner, ...source },
      },
      {
        Sid: 'CloudWatchLogsWrites',
        ...common,
        Action: 's3:PutObject',
        Resource: `${bucketArn}/${literal(prefix)}/*`,
        Condition: { StringEquals: { ...owner, 's3:x-amz-acl': 'bucket-owner-full-control' }, ...source },
      },
    ],
  };
}

function domainOf(region: string): string {
  return partitionOf(region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
}

/** In a policy these three stand for more than themselves. */
function literal(prefix: string): string {
  return prefix.replace(/[*?$]/g, (sign) => `\${${sign}}`);
}
