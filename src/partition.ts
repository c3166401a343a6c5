/** A part of AWS with accounts, addresses and ARNs of its own. */
export type Partition = 'aws' | 'aws-cn' | 'aws-us-gov';

/** The partition that a region is of: `aws-cn` for `cn-north-1`. */
export function partitionOf(region: string): Partition {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
