import { postOperation, postOperationSchema } from '../../../contract/operations.ts';
import { createOperation } from '../../../services/operations/create-operation.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { answerWithOperation, bucketNamed, requestOf } from '../../operation-request.ts';

export const postOperationEndpoint = sessionEndpoint(postOperation, async (context, { session, body }) => {
  const asked = postOperationSchema.parse(body);
  const bucket = bucketNamed(asked.bucket);
  const other = 'targetBucket' in asked ? asked.targetBucket : undefined;
  const targetBucket = other === undefined ? {} : { targetBucket: bucketNamed(other) };
  const order = { identity: session.identity, bucket, request: requestOf(asked), ...targetBucket };
  return answerWithOperation(context, session, await createOperation(context, order));
});
