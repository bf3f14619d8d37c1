import { createPersonSchema, postPerson } from '../../../contract/people.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { createPerson } from '../../../services/people/create-person.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const postPersonEndpoint = sessionEndpoint(postPerson, async (context, { session, body, log }) => {
  const { name, displayName, email, role, tenant, password } = createPersonSchema.parse(body);
  const { identity } = session;
  await authorize(context, { identity, iamAction: 'iam:CreateUser' });
  const link = await createPerson(context, identity, { name, displayName, email, role, tenant, password });
  log.info({ by: identity.name, user: name, role }, 'a user was added');
  return { status: 201, body: { name, link } };
});
