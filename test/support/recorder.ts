import { createServer, request as forward, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the service was asked. */
export interface AskedRequest {
  readonly operation: string;
  /** The one that the request was signed for. */
  readonly region: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What stands before an endpoint and keeps what it is asked. */
export interface Recorder {
  readonly url: string;
  /** What was asked since it was last taken. */
  take(): AskedRequest[];
  close(): void;
}

/** Starts a recorder of all that is asked of an endpoint by its own address. */
export async function startRecorder(target: string): Promise<Recorder> {
  const asked: AskedRequest[] = [];
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    asked.push({ ...namesOf(request), input: JSON.parse(body) });
    const headers = { ...request.headers, host: new URL(target).host };
    const onwards = forward(target, { method: 'POST', headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.on('error', () => response.destroy());
      answer.pipe(response);
    });
    onwards.on('error', () => response.destroy());
    response.on('close', () => onwards.destroy());
    onwards.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    take: () => asked.splice(0),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const piece of request) body += String(piece);
  return body;
}

function namesOf({ headers }: IncomingMessage): Pick<AskedRequest, 'operation' | 'region'> {
  const [, operation = ''] = String(headers['x-amz-target']).split('.');
  const [, region = ''] = /Credential=[^/]*\/\d+\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  return { operation, region };
}
