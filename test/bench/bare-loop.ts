// The least that any downloader must do: ask for a page, parse it, print its messages, ask for the next.
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';

const [url = '', group = ''] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true });

interface Page {
  readonly events: readonly { readonly message: string }[];
  readonly nextToken?: string;
}

let nextToken: string | undefined;
do {
  const page = await send({ logGroupName: group, startTime: 0, endTime: 4e12, limit: 10_000, nextToken });
  let text = '';
  for (const { message } of page.events) text += `${message}\n`;
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  nextToken = page.nextToken;
} while (nextToken !== undefined);
agent.destroy();

function send(input: object): Promise<Page> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'Logs_20140328.FilterLogEvents',
    };
    const call = request(url, { method: 'POST', agent, headers }, (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString('utf8'))));
      response.on('error', reject);
    });
    call.on('error', reject);
    call.end(JSON.stringify(input));
  });
}
