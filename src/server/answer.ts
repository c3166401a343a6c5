import type { ServerResponse } from 'node:http';
import { WireError } from './wire-error.js';

/** What is sent back for a request. */
export interface Answer {
  readonly statusCode: number;
  /** The exception's name, where the request is refused. */
  readonly code?: string;
  readonly body: string | Buffer;
  /** How much of it is sent before the connection breaks; default: all, and it does not break. */
  readonly sent?: 'half' | 'nothing';
}

/** Answers with what an operation returns or throws. */
export function toAnswer(operate: () => string | Buffer): Answer {
  try {
    return { statusCode: 200, body: operate() };
  } catch (error) {
    return toRefusal(error);
  }
}

/** Answers with an exception in the form of the service. */
export function toRefusal(error: unknown): Answer {
  const { code, message, statusCode } = error instanceof WireError ? error : internalFailure(error);
  return { statusCode, code, body: JSON.stringify({ __type: code, message }) };
}

/** Sends an answer. */
export function sendAnswer(response: ServerResponse, { statusCode, code, body, sent }: Answer): void {
  if (sent === 'nothing') return void response.destroy();
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  if (code !== undefined) response.setHeader('x-amzn-errortype', code);
  if (statusCode === 413) response.setHeader('connection', 'close');
  response.writeHead(statusCode, { 'content-type': 'application/x-amz-json-1.1', 'content-length': bytes.length });
  if (sent === undefined) response.end(bytes);
  else response.write(bytes.subarray(0, bytes.length >>> 1), () => response.destroy());
}

function internalFailure(error: unknown): WireError {
  return new WireError('InternalFailure', error instanceof Error ? error.message : String(error), 500);
}
