import { boundarySchema, putBoundary } from '../../../contract/holder-policies.ts';
import { Failure } from '../../../domain/failure.ts';
import { announcePolicies } from '../../../services/iam/announce-policies.ts';
import { setBoundary } from '../../../services/iam/set-boundary.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { holderOf } from '../../path-holder.ts';

export const putBoundaryEndpoint = sessionEndpoint(putBoundary, async (context, { session, params, body, log }) => {
  const { arn } = boundarySchema.parse(body);
  const { kind, name } = holderOf(params);
  if (kind === 'group') throw new Failure('ValidationError', 'A group has no boundary.');
  await setBoundary(context, session.identity, { kind, name }, arn ?? undefined);
  announcePolicies(context);
  log.info({ by: session.identity.name, kind, name, arn }, 'a permissions boundary was changed');
  return { status: 204, body: undefined };
});
