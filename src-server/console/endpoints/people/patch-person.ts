import { patchPerson, updatePersonSchema } from '../../../contract/people.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { updatePerson } from '../../../services/people/update-person.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const patchPersonEndpoint = sessionEndpoint(patchPerson, async (context, { session, params, body, log }) => {
  const { displayName, email, role, state } = updatePersonSchema.parse(body);
  const { identity } = session;
  const user = params.name ?? '';
  await authorize(context, { identity, iamAction: 'iam:UpdateUser' });
  await updatePerson(context, identity, user, { displayName, email, role, state });
  log.info({ by: identity.name, user, role, state }, 'a user was changed');
  return { status: 204, body: undefined };
});
