import { LRUCache } from 'lru-cache';
import type { ShareRow } from '../../db/tables/share.ts';
import type { ShareUseKind } from '../../domain/share.ts';
import type { Catalogue, ServiceContext } from '../context.ts';
import { publishShare } from './publish-share.ts';

/** Who uses a link: of the socket and of User-Agent. */
export interface ShareVisitor {
  readonly address: string;
  readonly client: string;
}

const CLIENT_MAX_CHARACTERS = 200;
/** Looking around in a link is one opening. */
const SAME_VISIT_MS = 10 * 60_000;
const MAX_REMEMBERED = 10_000;
const visits = new WeakMap<Catalogue, LRUCache<string, true>>();

/** Notes that a link was opened, once in ten minutes of an address. A log that takes no writes keeps nobody from reading. */
export async function noteOpening(context: ServiceContext, share: ShareRow, visitor: ShareVisitor): Promise<void> {
  let known = visits.get(context.catalogue);
  if (known === undefined) {
    known = new LRUCache<string, true>({ max: MAX_REMEMBERED, ttl: SAME_VISIT_MS });
    visits.set(context.catalogue, known);
  }
  const visit = `${share.id} ${visitor.address}`;
  if (known.has(visit)) return;
  known.set(visit, true);
  await noteUse(context, share, 'opened', visitor);
}

/** Notes a use that nothing else depends on. */
export async function noteUse(
  context: ServiceContext,
  share: ShareRow,
  kind: ShareUseKind,
  visitor: ShareVisitor,
): Promise<void> {
  try {
    const use = { kind, at_ms: context.now(), ...shortVisitor(visitor), subject: '' };
    await context.engine.submit('note-share-use', { shareId: share.id, use });
    publishShare(context, share, kind);
  } catch (error) {
    context.log.debug({ err: error }, 'the use of a link could not be noted');
  }
}

/** A visitor as it is stored. */
export function shortVisitor({ address, client }: ShareVisitor): ShareVisitor {
  return { address, client: client.slice(0, CLIENT_MAX_CHARACTERS) };
}
