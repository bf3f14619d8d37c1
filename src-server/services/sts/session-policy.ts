import * as z from 'zod';
import { parsePolicyArn, requirePolicy } from '../../commands/support/iam-scope.ts';
import { findDefaultDocument } from '../../db/tables/holder-policy.ts';
import { Failure } from '../../domain/failure.ts';
import { checkPolicyText } from '../../domain/iam-rules.ts';
import { MAX_POLICY_BYTES } from '../../domain/policy/policy-document.ts';
import type { ServiceContext } from '../context.ts';

/** STS API reference, AssumeRole: of the inline policy, and how many managed ones. */
const MAX_INLINE_POLICY = 2048;
const MAX_POLICY_ARNS = 10;
const CURRENT_VERSION = '2012-10-17';

/** What a caller of AssumeRole narrows the session with. */
export interface WantedSessionPolicies {
  readonly inline: string | undefined;
  readonly arns: readonly string[];
}

/**
 * The session's policy: inline and managed ones are one policy together, so that any of them allows and any of them denies (IAM user guide,
 * "Session policies"). Managed ones are those of the role's account, as they are now.
 *
 * @returns undefined where the session is not narrowed
 * @throws Failure MalformedPolicyDocument, NoSuchEntity, PackedPolicyTooLarge, ValidationError
 */
export async function makeSessionPolicy(
  context: ServiceContext,
  accountId: string,
  { inline, arns }: WantedSessionPolicies,
): Promise<string | undefined> {
  if (inline === undefined && arns.length === 0) return undefined;
  if (arns.length > MAX_POLICY_ARNS) throw new Failure('ValidationError', `at most ${MAX_POLICY_ARNS} policy ARNs`);
  const documents = inline === undefined ? [] : [checkPolicyText(inline, 'identity', MAX_INLINE_POLICY)];
  for (const arn of arns) documents.push(await defaultDocument(context, accountId, arn));
  const merged = documents.length === 1 ? (documents[0] ?? '') : mergePolicies(documents);
  if (Buffer.byteLength(merged) > MAX_POLICY_BYTES) throw new Failure('PackedPolicyTooLarge');
  return checkPolicyText(merged, 'identity', Number.POSITIVE_INFINITY);
}

async function defaultDocument(context: ServiceContext, accountId: string, arn: string): Promise<string> {
  const wanted = parsePolicyArn(arn);
  const found = await context.catalogue.read(async (tx) => {
    const { id } = await requirePolicy(tx, { accountId, ofAnyAccount: false }, wanted);
    return findDefaultDocument(tx, id);
  });
  if (found === undefined) throw new Failure('NoSuchEntity');
  return found.document;
}

const statement = z.record(z.string(), z.unknown());
const shape = z.object({
  Version: z.string().optional(),
  Statement: z.union([statement.transform((one) => [one]), z.array(statement)]),
});

/** Policies that were read before, as one. Their Sids go: two policies may have the same. */
function mergePolicies(documents: readonly string[]): string {
  const statements = documents.flatMap((document) => {
    const { Version: version, Statement: list } = shape.parse(JSON.parse(document));
    // In a policy of the old version `${` is text, which would become a variable.
    if (version !== CURRENT_VERSION && document.includes('${'))
      throw new Failure(
        'MalformedPolicyDocument',
        `Session policies with variables need the version ${CURRENT_VERSION}`,
      );
    return list.map(({ Sid: _sid, ...rest }) => rest);
  });
  return JSON.stringify({ Version: CURRENT_VERSION, Statement: statements });
}
