import { changeShareSchema, patchShare } from '../../../contract/shares.ts';
import type { EpochMs } from '../../../domain/ids.ts';
import { changeShare } from '../../../services/shares/change-share.ts';
import { ConsoleError, sessionEndpoint } from '../../endpoint.ts';
import { presentShare } from '../../present-share.ts';

export const patchShareEndpoint = sessionEndpoint(patchShare, async (context, { session, params, body }) => {
  const { expiresAtMs, ...edit } = definedOf(changeShareSchema.parse(body));
  const changed = await changeShare(context, session.identity, params.id ?? '', {
    ...edit,
    // A time, as the contract says.
    ...(expiresAtMs === undefined ? {} : { expiresMs: expiresAtMs as EpochMs | null }),
  });
  if (changed === undefined) throw new ConsoleError(404, 'NoSuchShare', 'there is no such link');
  return { status: 200, body: presentShare(changed, session.identity) };
});

/** JSON cannot say undefined, so what is there has a value. */
function definedOf<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // Entries without a value are left out.
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
