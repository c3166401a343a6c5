import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** One answer of the server: it may end the response, or break it off. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A request as it arrived. */
interface Arrival {
  readonly operation: string;
  readonly host: string;
  readonly body: unknown;
}

/** A bare HTTP server that gives prepared answers, in order. */
export interface WireServer {
  readonly url: string;
  readonly arrivals: readonly Arrival[];
  /** The answers to the next requests; the last is given again and again. Forgets earlier arrivals. */
  answerWith(...answers: readonly Answer[]): void;
  close(): Promise<void>;
}

/** Starts a server on a free port of the loopback. */
export async function startWireServer(): Promise<WireServer> {
  const arrivals: Arrival[] = [];
  let queue: Answer[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const operation = String(request.headers['x-amz-target']).replace('Logs_20140328.', '');
    arrivals.push({ operation, host: request.headers.host ?? '', body: JSON.parse(body) });
    const answer = queue.length > 1 ? queue.shift() : queue[0];
    answer?.(response, request);
  });
  return {
    url: `http://127.0.0.1:${await portOf(server)}`,
    arrivals,
    answerWith(...answers) {
      queue = [...answers];
      arrivals.length = 0;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A whole answer in JSON. */
export function json(statusCode: number, value: object): Answer {
  return (response) => {
    response.writeHead(statusCode, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'r-1' });
    response.end(JSON.stringify(value));
  };
}

/** A refusal as the service sends it. */
export function refusal(name: string, message: string, statusCode = 400): Answer {
  return json(statusCode, { __type: name, message });
}

/** A connection that is cut before any answer. */
export const cut: Answer = (response) => {
  response.destroy();
};

/** A body of which only the first half comes before the connection is cut. */
export function cutInBody(value: object): Answer {
  return (response) => {
    const text = JSON.stringify(value);
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'content-length': text.length });
    response.write(text.slice(0, text.length / 2), () => response.destroy());
  };
}

/** A body that ends in the middle of its JSON as if that were its end. */
export function endedEarly(value: object): Answer {
  return (response) => {
    const text = JSON.stringify(value);
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(text.slice(0, text.length / 2));
  };
}

/** No answer at all: the connection stays open. */
export const silence: Answer = () => {};

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
