import { findUserById } from '../../db/tables/iam-user.ts';
import type { ShareRow } from '../../db/tables/share.ts';
import type { ShareUseKind } from '../../domain/share.ts';
import type { ServiceContext } from '../context.ts';

/** Tells the maker and the admins of their account that a link was used or changed. */
export function publishShare(
  context: ServiceContext,
  { id, maker_id, label, base, bucket_name }: Pick<ShareRow, 'id' | 'maker_id' | 'label' | 'base' | 'bucket_name'>,
  what: ShareUseKind | 'changed',
): void {
  const event = { kind: 'shares', id, what, name: label || base || bucket_name } as const;
  context.events.publish(event, { userId: maker_id });
  const maker = context.catalogue.read((tx) => findUserById(tx, maker_id));
  maker.then(
    (user) => context.events.publish({ ...event, name: '' }, user ? { adminsOf: user.account_id } : 'operators'),
    (error: unknown) => context.log.debug({ err: error }, 'who is to be told of a link could not be read'),
  );
}
