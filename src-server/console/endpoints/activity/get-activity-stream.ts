import { activityStreamQuerySchema, getActivityStream } from '../../../contract/activity.ts';
import type { LiveEvent } from '../../../contract/events.ts';
import type { LogLine, LogTail } from '../../../observability/log-tail.ts';
import type { RequestFeed } from '../../../observability/request-feed.ts';
import { requireOperator } from '../../../services/appliance/recent-requests.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentRequest } from '../../present-activity.ts';

/** Of one look at the threads; more nobody reads. */
const REQUESTS_AT_ONCE = 200;
const LINES_EVERY_MS = 250;
const LINES_AT_ONCE = 200;

type Send = (event: LiveEvent) => void;

export const getActivityStreamEndpoint = sessionEndpoint(
  getActivityStream,
  async (context, { session, query }, { appliance }) => {
    await requireOperator(context, session.identity);
    const { show } = activityStreamQuerySchema.parse(query);
    const events = (send: Send) => {
      send({ kind: 'hello' });
      return show === 'requests' ? sendRequests(context.requests, send) : sendLines(appliance.log, send);
    };
    return { status: 200, body: undefined, events };
  },
);

function sendRequests(feed: RequestFeed, send: Send): () => void {
  return feed.subscribe((requests, missed) => {
    const shown = requests.slice(-REQUESTS_AT_ONCE);
    const left = missed + requests.length - shown.length;
    send({ kind: 'requests', missed: left, requests: shown.map(presentRequest) });
  });
}

/** Lines are gathered: a burst of them is one event. */
function sendLines(log: LogTail, send: Send): () => void {
  let waiting: LogLine[] = [];
  const unsubscribe = log.subscribe((line) => {
    waiting.push(line);
    if (waiting.length > LINES_AT_ONCE) waiting.shift();
  });
  const timer = setInterval(() => {
    if (waiting.length === 0) return;
    send({ kind: 'log', lines: waiting.map((line) => ({ ...line, fields: { ...line.fields } })) });
    waiting = [];
  }, LINES_EVERY_MS);
  return () => {
    unsubscribe();
    clearInterval(timer);
  };
}
