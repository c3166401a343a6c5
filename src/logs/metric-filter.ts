import { type CloudWatchLogsClient, TestMetricFilterCommand } from '@aws-sdk/client-cloudwatch-logs';
import { abortBy, type ReadOptions } from './read/filter-events.js';

/** The most messages of one TestMetricFilter. */
const maxMessages = 50;

/**
 * Asks the service for each message whether a filter pattern matches it, 50 messages a request. An empty message is
 * not asked about: there are no empty events.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TestMetricFilter.html
 */
export async function testFilterPattern(
  client: CloudWatchLogsClient,
  filterPattern: string,
  messages: readonly string[],
  { signal }: ReadOptions = {},
): Promise<readonly boolean[]> {
  const answers = messages.map(() => false);
  const asked = messages.flatMap((message, index) => (message === '' ? [] : [{ message, index }]));
  for (let start = 0; start < asked.length; start += maxMessages) {
    signal?.throwIfAborted();
    const part = asked.slice(start, start + maxMessages);
    const logEventMessages = part.map(({ message }) => message);
    const command = new TestMetricFilterCommand({ filterPattern, logEventMessages });
    const { matches = [] } = await client.send(command, abortBy(signal));
    for (const { eventNumber = 0 } of matches) {
      // The service counts from 1, whatever the examples of its documentation show.
      const found = part[eventNumber - 1];
      if (found !== undefined) answers[found.index] = true;
    }
  }
  return answers;
}
