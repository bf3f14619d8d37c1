import type { ServiceContext } from '../../../services/context.ts';
import { createIamKey } from '../../../services/iam/create-iam-key.ts';
import { element, wrap } from '../../xml/xml-writer.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { isoTime } from '../query-page.ts';

/** Makes a key and answers its secret, this once (IAM API reference, CreateAccessKey). */
export async function createAccessKey(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const { userName, pair, createdMs } = await createIamKey(context, identity, parameters.get('UserName'));
  return wrap(
    'AccessKey',
    element('UserName', userName) +
      element('AccessKeyId', pair.accessKeyId) +
      element('Status', 'Active') +
      element('SecretAccessKey', pair.secretAccessKey) +
      element('CreateDate', isoTime(createdMs)),
  );
}
