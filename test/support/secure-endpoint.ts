import { createServer as createHttpServer, request, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { generate } from 'selfsigned';

/** A server in front of the local endpoint that speaks TLS, with a certificate nobody knows. */
export interface SecureEndpoint {
  readonly port: number;
  /** The certificate, in PEM. */
  readonly certificate: string;
  close(): Promise<void>;
}

/** Puts TLS in front of an endpoint, for these host names. */
export async function startSecureEndpoint(url: string, hosts: readonly string[]): Promise<SecureEndpoint> {
  const altNames = hosts.map((value) => ({ type: 2 as const, value }));
  const extensions = [{ name: 'subjectAltName' as const, altNames }];
  const made = await generate([{ name: 'commonName', value: hosts[0] ?? '' }], { extensions });
  const server = createHttpsServer({ key: made.private, cert: made.cert }, (asked, answer) => {
    const { hostname, port, host } = new URL(url);
    const options = { hostname, port, method: asked.method, path: asked.url, headers: { ...asked.headers, host } };
    const inner = request(options, (received) => {
      answer.writeHead(received.statusCode ?? 500, received.headers);
      received.pipe(answer);
    });
    asked.pipe(inner);
  });
  return { port: await listen(server), certificate: made.cert, close: () => stop(server) };
}

/** A proxy that joins every tunnel to one port of this machine, and remembers what it was asked for. */
export interface TunnelProxy {
  readonly url: string;
  readonly asked: string[];
  close(): Promise<void>;
}

/** Starts a proxy for CONNECT. */
export async function startTunnelProxy(port: number): Promise<TunnelProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createHttpServer();
  server.on('connect', ({ url = '' }, socket: Socket) => {
    asked.push(url);
    const tunnel = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(tunnel).pipe(socket);
    });
    for (const end of [socket, tunnel]) {
      sockets.add(end);
      end.on('error', () => {});
    }
  });
  const url = `http://127.0.0.1:${await listen(server)}`;
  return {
    url,
    asked,
    async close() {
      for (const socket of sockets) socket.destroy();
      await stop(server);
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address of this kind.
  return (server.address() as AddressInfo).port;
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
