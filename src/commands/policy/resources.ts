import { partitionOf } from '../../partition.js';
import type { Need, Place } from './need.js';

/** The ARNs that stand for what a need is about; an account that is not known is any. */
export function resourcesOf(need: Need): string[] {
  switch (need.on) {
    case 'groups':
      return need.places.map((place) => `${groupArn(place)}:*`);
    case 'stream':
      return [`${groupArn(need.place)}:log-stream:${need.logStream === undefined ? '*' : literal(need.logStream)}`];
    case 'listing':
      return need.regions.map((region) => groupArn({ region, logGroup: '*' }));
    case 'nothing':
      return ['*'];
    case 'bucket':
      return [`arn:${partitionOf(need.region)}:s3:::${need.bucket}/${escaped(need.prefix, /[*?]|\$(?=\{)/g)}/*`];
  }
}

/**
 * Without the `:*` that policies want behind it, and which stands for the group's streams.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
function groupArn({ region, logGroup }: Place): string {
  if (logGroup.startsWith('arn:')) return logGroup.replace(/:\*$/, '');
  return `arn:${partitionOf(region)}:logs:${region}:*:log-group:${literal(logGroup)}`;
}

/** Names as they are, but for `*`, which stands for any text in them too. */
function literal(name: string): string {
  return escaped(name, /\?|\$(?=\{)/g);
}

/**
 * In a policy `*` and `?` are wildcards, and a dollar sign with a brace begins a variable.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
function escaped(text: string, special: RegExp): string {
  return text.replace(special, (character) => `\${${character}}`);
}
