import { getAccessReaders, listReadersSchema } from '../../../contract/access.ts';
import { listReaders } from '../../../services/access/list-readers.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { keyOfText } from '../../key-of-text.ts';
import { bucketOfPath } from '../../path-bucket.ts';
import { presentReason } from '../../present-access.ts';

export const getAccessReadersEndpoint = sessionEndpoint(getAccessReaders, async (context, { session, query }) => {
  const { bucket, key } = listReadersSchema.parse(query);
  const asked = { bucket: bucketOfPath({ bucket }), key: keyOfText(key) };
  const { readers, isComplete } = await listReaders(context, session.identity, asked);
  const shown = readers.map(({ kind, name, holder, reason }) => ({
    kind,
    name,
    holder: holder ?? null,
    reason: presentReason(reason),
  }));
  return { status: 200, body: { readers: shown, isComplete } };
});
