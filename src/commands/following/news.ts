import { describe } from '../../describe.js';
import { quote } from '../../errors.js';
import type { Reporter } from '../../io.js';
import type { TailNews } from '../../logs/tail/outages.js';
import { withHint } from './missing.js';

/** Says what happens to a tail besides events: each trouble once, and its end. */
export async function reportNews(news: TailNews, reporter: Reporter): Promise<void> {
  switch (news.kind) {
    case 'outage':
      return reporter.warn(`${messageOf(news.error)}; going on as soon as it answers`);
    case 'recovered':
      return reporter.warn(`it answers again, after ${seconds(news.durationMs)}; nothing is left out`);
    case 'group-lost':
      return reporter.warn(lostWords(news.error));
    case 'group-back':
      return reporter.warn(`log group ${quote(news.logGroup)} can be read now`);
    case 'group-found':
      return reporter.notice(`following also ${news.logGroup}`);
    case 'streams-awaited':
      return reporter.warn(
        `${news.count} streams do not exist yet, such as ${quote(news.stream)} in log group ${quote(news.logGroup)}; they are looked for in turns, once a minute`,
      );
    case 'streams-found':
      return reporter.notice(`following also ${news.streams.map(quote).join(', ')} of ${news.logGroup}`);
    case 'live-refused':
      return reporter.warn(`Live Tail cannot be used (${messageOf(news.error)}); polling instead`);
    case 'behind':
      return reporter.warn(
        `${quote(news.logGroup)} brings events faster than they can be read: those shown are ${seconds(news.lagMs)} old; a --filter or a higher --rate helps`,
      );
    case 'slow-sweep':
      return reporter.warn(
        `events that arrive late in ${quote(news.logGroup)} are shown up to ${seconds(news.durationMs)} later than they could be: there is too much to look through again; a shorter --grace or a higher --rate helps`,
      );
  }
}

/** That it is waited for stands in the place of what else could be done. */
function lostWords(error: unknown): string {
  const waiting = 'waiting for it';
  const hinted = withHint(error, waiting);
  return hinted === error ? `${messageOf(error)}; ${waiting}` : messageOf(hinted);
}

function messageOf(error: unknown): string {
  return describe(error).message ?? 'interrupted';
}

function seconds(ms: number): string {
  return ms < 120_000 ? `${Math.ceil(ms / 1_000)} s` : `${Math.round(ms / 60_000)} min`;
}
