import { once } from 'node:events';
import type { Server } from 'node:http';
import { UsageError } from '../errors.js';

/** Begins to accept connections on this machine's loopback address; resolves to the URL. */
export async function listen(server: Server, port: number): Promise<string> {
  const listening = once(server, 'listening');
  server.listen(port, '127.0.0.1');
  try {
    await listening;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new UsageError({
      flag: '--port',
      value: String(port),
      problem: 'is in use',
      fix: 'leave it out for a free one',
    });
  }
  return `http://127.0.0.1:${portOf(server)}`;
}

/** Accepts no more connections and breaks those that are open. */
export async function stopListening(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the endpoint listens on no port');
  return address.port;
}
