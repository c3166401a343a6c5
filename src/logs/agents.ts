import { Agent } from 'node:https';
import { rootCertificates } from 'node:tls';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import { UsageError } from '../errors.js';

/** How connections are made, where it is not the usual way. */
export interface Agents {
  readonly httpsAgent: Agent;
  readonly httpAgent?: HttpsProxyAgent<string>;
}

/** What the SDK opens at most by itself. */
const maxSockets = 50;

/**
 * The agents for a URL: through the proxy that `HTTPS_PROXY`, `HTTP_PROXY` or `ALL_PROXY` names, unless `NO_PROXY` or
 * loopback excepts the host; with further certificate authorities, in PEM. Undefined where neither is asked for.
 */
export function createAgents(url: string, certificateAuthorities: string | undefined): Agents | undefined {
  const proxy = isLoopback(url) ? '' : getProxyForUrl(url);
  if (proxy === '' && certificateAuthorities === undefined) return undefined;
  if (proxy !== '' && !URL.canParse(proxy)) {
    // Without the value: it may hold a password.
    throw new UsageError({ flag: 'HTTPS_PROXY', problem: 'is not the URL of a proxy', fix: 'try http://proxy:3128' });
  }
  // Beside the usual ones: a bundle of a company need not repeat them.
  const ca = certificateAuthorities === undefined ? {} : { ca: [...rootCertificates, certificateAuthorities] };
  const options = { keepAlive: true, maxSockets, ...ca };
  if (proxy === '') return { httpsAgent: new Agent(options) };
  const agent = new HttpsProxyAgent(proxy, options);
  // It keeps its options for the way to the proxy alone.
  Object.assign(agent.options, ca);
  return { httpsAgent: agent, httpAgent: agent };
}

function isLoopback(url: string): boolean {
  return /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}
