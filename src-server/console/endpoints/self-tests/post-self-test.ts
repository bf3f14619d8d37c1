import { postSelfTest, startSelfTestSchema } from '../../../contract/self-tests.ts';
import { parseBucketName } from '../../../domain/bucket-name.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { runSelfTest } from '../../../services/self-test/run-self-test.ts';
import { type Endpoint, sessionEndpoint } from '../../endpoint.ts';

/** The S3 port's address is a fact of the server around it. */
export const postSelfTestEndpoint: Endpoint = {
  route: postSelfTest,
  handle: (context, facts, request) =>
    sessionEndpoint(postSelfTest, async (_context, { session, body }) => {
      const asked = startSelfTestSchema.parse(body);
      const bucket = parseBucketName(asked.bucket);
      const { identity } = session;
      // Each step is authorized again as the S3 request it is; this is for who asks.
      for (const iamAction of ['s3:ListBucket', 's3:PutObject', 's3:DeleteObject']) {
        await authorize(context, { identity, iamAction, bucket });
      }
      if (asked.accessKeyId === undefined) await authorize(context, { identity, iamAction: 'iam:CreateAccessKey' });
      const { accessKeyId, run } = asked;
      const report = await runSelfTest(context, identity, { bucket, accessKeyId, run, s3Url: facts.s3Url });
      request.log.info({ bucket, passed: report.passed }, 'a self-test ran');
      return { status: 200, body: report };
    }).handle(context, facts, request),
};
