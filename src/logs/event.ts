/** One log event as FilterLogEvents returns it, with where it came from. */
export interface LogEvent {
  /** Milliseconds since the epoch: the time the writer gave the event. */
  readonly timestamp: number;
  /** Milliseconds since the epoch: when the service received the event. */
  readonly ingestionTime: number;
  /** The text as written; may hold several lines and may end in a newline. */
  readonly message: string;
  /** Unique within the log group; ascending like the results of one request. Empty where it came by Live Tail. */
  readonly eventId: string;
  readonly logStreamName: string;
  /** The log group as it was asked for: a name or an ARN. */
  readonly logGroupName: string;
  readonly region: string;
}
