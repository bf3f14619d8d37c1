import type { Route } from '../../contract/route.ts';
import { isFailure } from '../../domain/failure.ts';
import { endOfShare } from '../../domain/share.ts';
import type { ServiceContext } from '../../services/context.ts';
import { type OpenShare, openShare } from '../../services/shares/open-share.ts';
import { isUnlocked } from '../../services/shares/share-password.ts';
import type { ShareVisitor } from '../../services/shares/share-use.ts';
import type { Endpoint, EndpointAnswer, EndpointRequest } from '../endpoint.ts';
import { MinuteCounter } from './minute-counter.ts';
import { busyPage, deadPage } from './notice-pages.ts';
import { readShareCookie } from './share-cookie.ts';
import { type ShareTexts, textsFor } from './texts.ts';

/** Somebody at a link that works. */
export interface ShareVisit {
  readonly context: ServiceContext;
  readonly request: EndpointRequest;
  readonly texts: ShareTexts;
  readonly token: string;
  readonly open: OpenShare;
  /** Its password was given, or it has none. */
  readonly isUnlocked: boolean;
  readonly visitor: ShareVisitor;
}

const MISSES_A_MINUTE = 300;
const misses = new MinuteCounter(MISSES_A_MINUTE);

/**
 * An endpoint for people with a link. Whatever is wrong with the link, the answer is the same page; who tries many that are
 * wrong is not answered for a while.
 *
 * @param tolerates asked where a link is used up: did this request's part of it begin before?
 */
export function shareEndpoint(
  route: Route,
  handle: (visit: ShareVisit) => Promise<EndpointAnswer>,
  tolerates?: (request: EndpointRequest, open: OpenShare) => boolean,
): Endpoint {
  return {
    route,
    handle: async (context, _facts, request) => {
      const texts = textsFor(request.http.acceptLanguage);
      const { address, userAgent } = request.client;
      if (misses.isFull(address)) return busyPage(texts);
      const token = request.params.token ?? '';
      const open = await openShare(context, token, tolerates === undefined ? undefined : 'used-up');
      const hasEnded = open !== undefined && endOfShare(open.share, context.now()) !== undefined;
      if (open === undefined || (hasEnded && tolerates?.(request, open) !== true)) {
        misses.add(address);
        return deadPage(texts);
      }
      const visitor = { address, client: userAgent };
      const unlocked = isUnlocked(context, open.share, readShareCookie(request.http.cookie));
      try {
        return await handle({ context, request, texts, token, open, isUnlocked: unlocked, visitor });
      } catch (error) {
        if (
          isFailure(
            error,
            'NoSuchKey',
            'NoSuchBucket',
            'AccessDenied',
            'MethodNotAllowed',
            'InvalidURI',
            'KeyTooLongError',
          )
        ) {
          return deadPage(texts);
        }
        throw error;
      }
    },
  };
}
