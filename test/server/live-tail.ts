import {
  type CloudWatchLogsClient,
  type LiveTailSessionUpdate,
  StartLiveTailCommand,
  type StartLiveTailCommandInput,
  type StartLiveTailResponseStream,
} from '@aws-sdk/client-cloudwatch-logs';

/** The ARN of a group, as sessions ask for it. */
export const arnOf = (group: string) => `arn:aws:logs:us-east-1:123456789012:log-group:${group}`;

/** A session as a client has it. */
export interface ClientSession {
  /** The next frame; undefined when there is none any more. */
  next(): Promise<StartLiveTailResponseStream | undefined>;
  /** The next frame, which must be an update. */
  update(): Promise<LiveTailSessionUpdate>;
  /** The messages of the next update. */
  messages(): Promise<(string | undefined)[]>;
  /** Leaves; an iterator that is only returned would keep the connection open. */
  close(): void;
}

/** Opens a session and takes its first frame, `sessionStart`. */
export async function openSession(
  client: CloudWatchLogsClient,
  input: StartLiveTailCommandInput = { logGroupIdentifiers: [arnOf('g')] },
): Promise<ClientSession> {
  const leaving = new AbortController();
  const { responseStream } = await client.send(new StartLiveTailCommand(input), { abortSignal: leaving.signal });
  const frames = responseStream?.[Symbol.asyncIterator]();
  const session: ClientSession = {
    next: async () => (await frames?.next())?.value,
    async update() {
      const frame = await session.next();
      if (frame?.sessionUpdate === undefined) throw new Error(`not an update: ${JSON.stringify(frame)}`);
      return frame.sessionUpdate;
    },
    messages: async () => ((await session.update()).sessionResults ?? []).map(({ message }) => message),
    close: () => leaving.abort(),
  };
  const first = await session.next();
  if (first?.sessionStart === undefined) throw new Error(`not a start: ${JSON.stringify(first)}`);
  return session;
}
