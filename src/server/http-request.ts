import type { IncomingMessage } from 'node:http';
import { isOperation, type Operation } from './operations.js';
import { WireError } from './wire-error.js';

/** The largest legal request: a full batch of events whose every byte is escaped, with room for their timestamps. */
const maxBodyBytes = 8 * 1_048_576;
const targetPrefix = 'Logs_20140328.';

/**
 * Refuses what does not come from this machine's own clients: a page of a foreign site, which a browser marks by its
 * origin, or a foreign name that was made to resolve to this address.
 */
export function requireLoopback({ headers, socket }: IncomingMessage): void {
  if (!isLoopback(`http://${headers.host}`, socket.localPort)) throw forbidden('Host', headers.host);
  if (headers.origin !== undefined && !isLoopback(headers.origin)) throw forbidden('Origin', headers.origin);
}

/** The operation that a request asks for. */
export function operationOf({ method, url, headers }: IncomingMessage): Operation {
  if (method !== 'POST' || url !== '/') throw unknownOperation(`${method} ${url}`, 404);
  const target = String(headers['x-amz-target'] ?? 'a request without X-Amz-Target');
  const name = target.startsWith(targetPrefix) ? target.slice(targetPrefix.length) : undefined;
  if (name === undefined || !isOperation(name)) throw unknownOperation(name ?? target);
  return name;
}

/** Reads the JSON of a request. */
export async function readInput(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // The request must outlive its refusal, or the answer could not be sent.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw new WireError('RequestEntityTooLargeException', 'Request is too large.', 413);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}');
  } catch {
    throw new WireError('SerializationException', 'The request is not JSON.');
  }
}

// SDKs put `stream-` before the host of an operation that answers with a stream.
const loopbackNames: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', 'stream-localhost', '[::1]']);

function isLoopback(origin: string, port?: number): boolean {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  return (
    url !== undefined && loopbackNames.has(url.hostname) && (port === undefined || Number(url.port || 80) === port)
  );
}

/** Says whose refusal it is: the service itself may well have the operation. */
function unknownOperation(asked: string, statusCode?: number): WireError {
  return new WireError('UnknownOperationException', `cwlogs serve does not have ${asked}`, statusCode);
}

function forbidden(header: string, value: string | undefined): WireError {
  return new WireError('AccessDeniedException', `${header} ${value ?? ''} is not of this machine.`, 403);
}
