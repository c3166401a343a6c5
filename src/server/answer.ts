import type { ServerResponse } from 'node:http';
import { type EventStream, eventStreamType } from './event-stream.js';
import { WireError } from './wire-error.js';

/** What is sent back for a request. */
export interface Answer {
  readonly statusCode: number;
  /** The exception's name, where the request is refused. */
  readonly code?: string;
  readonly body: string | Buffer;
  /** Goes on with an event stream after the body. */
  readonly follow?: EventStream['follow'];
  /**
   * How much of it is sent before the connection breaks, or that it is neither answered nor broken; default: all, and
   * it does not break.
   */
  readonly sent?: 'half' | 'nothing' | 'never';
}

/** Answers with what an operation returns or throws. */
export function toAnswer(operate: () => string | Buffer | EventStream): Answer {
  try {
    const output = operate();
    if (typeof output === 'string' || Buffer.isBuffer(output)) return { statusCode: 200, body: output };
    return { statusCode: 200, body: output.opening, follow: output.follow };
  } catch (error) {
    return toRefusal(error);
  }
}

/** Answers with an exception in the form of the service. */
export function toRefusal(error: unknown): Answer {
  const { code, message, statusCode, members } = error instanceof WireError ? error : unforeseen(error);
  return { statusCode, code, body: JSON.stringify({ __type: code, message, ...members }) };
}

/** Sends an answer. */
export function sendAnswer(response: ServerResponse, { statusCode, code, body, follow, sent }: Answer): void {
  if (sent === 'never') return;
  if (sent === 'nothing') return void response.destroy();
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  if (code !== undefined) response.setHeader('x-amzn-errortype', code);
  if (statusCode === 413) response.setHeader('connection', 'close');
  if (follow === undefined) response.setHeader('content-length', bytes.length);
  response.writeHead(statusCode, { 'content-type': follow ? eventStreamType : 'application/x-amz-json-1.1' });
  if (sent === 'half') response.write(bytes.subarray(0, bytes.length >>> 1), () => response.destroy());
  else if (follow === undefined) response.end(bytes);
  else {
    response.write(bytes);
    follow(response);
  }
}

function unforeseen(error: unknown): WireError {
  return new WireError('InternalFailure', error instanceof Error ? error.message : String(error), 500);
}
