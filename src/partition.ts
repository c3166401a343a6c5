/** A part of AWS with accounts, addresses and ARNs of its own. */
export type Partition = 'aws' | 'aws-cn' | 'aws-us-gov';

/** The partition that a region is of: `aws-cn` for `cn-north-1`. */
export function partitionOf(region: string): Partition {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** Where the console of each partition is; a region's own is below it. */
export const consoleHosts: Readonly<Record<Partition, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/** Whether a text has the form of a region's name: `eu-west-1`. */
export function isRegion(text: string): boolean {
  return /^[a-z]+(-[a-z]+)+-\d+$/.test(text);
}
