/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
export const eventOverheadBytes = 26;
/** The most bytes of a batch, and of a single event, with {@link eventOverheadBytes} for each event. */
export const maxBatchBytes = 1_048_576;
/** The most bytes of UTF-8 that the message of one event may have. */
const maxMessageBytes = maxBatchBytes - eventOverheadBytes;

/** What is done with a message that is too large for one event: cut into several, cut short, or left out. */
export type Oversize = 'split' | 'truncate' | 'reject';

/** The bytes of a message as the service counts them. */
export function sizeOf(message: string): number {
  return Buffer.byteLength(message) + eventOverheadBytes;
}

/** Cuts a text into parts of at most so many bytes of UTF-8 each, never inside a character. */
export function splitMessage(message: string, maxBytes = maxMessageBytes): string[] {
  const room = new Uint8Array(maxBytes);
  const encoder = new TextEncoder();
  const parts: string[] = [];
  for (let rest = message; rest !== ''; ) {
    const { read } = encoder.encodeInto(rest, room);
    parts.push(rest.slice(0, read));
    rest = rest.slice(read);
  }
  return parts;
}
