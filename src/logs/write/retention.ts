import { UsageError } from '../../errors.js';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const retentionDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Refuses what is no number of days that the service keeps events for. */
export function checkRetention(days: number | string, flag: string): number {
  if (typeof days === 'number' && retentionDays.includes(days)) return days;
  const wanted = Number.parseInt(String(days), 10) || usualDays;
  const below = retentionDays.filter((allowed) => allowed <= wanted).slice(-2);
  const above = retentionDays.filter((allowed) => allowed > wanted).slice(0, 2);
  throw new UsageError({
    flag,
    value: String(days),
    problem: 'is not a number of days that CloudWatch Logs keeps events for',
    fix: `try ${[...below, ...above].join(', ')}`,
  });
}

const usualDays = 30;
