import { findBucket } from '../../db/tables/bucket.ts';
import { isBucketName } from '../../domain/bucket-name.ts';
import { Failure } from '../../domain/failure.ts';
import { checkPolicyText } from '../../domain/iam-rules.ts';
import { splitArn } from '../../domain/policy/arn.ts';
import { type ConditionContext, joinContexts } from '../../domain/policy/context.ts';
import {
  type AppliedPolicy,
  type Decision,
  decide,
  type Policies,
  type RoleGrant,
} from '../../domain/policy/decide.ts';
import { MAX_POLICY_BYTES, type PolicyKind } from '../../domain/policy/policy-document.ts';
import type { PrincipalFacts } from '../../domain/policy/principal.ts';
import { accessContext } from '../access/access-context.ts';
import { classOfAction } from '../access/action-classes.ts';
import { principalFacts } from '../access/decide-access.ts';
import { findAskedPrincipal } from '../access/hypothetical-identity.ts';
import { policiesOf, readPolicy } from '../access/identity-policies.ts';
import { roleGrant } from '../access/role-grant.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { authorizeIam, type IamCaller } from './iam-scope.ts';

/** More is a program that asks for everything. */
const MAX_DECISIONS = 1000;

/** What is simulated: every action on every resource. */
export interface Simulation {
  readonly actions: readonly string[];
  /** ARNs, or `*`. */
  readonly resources: readonly string[];
  /** Policies besides those of the principal. */
  readonly policies: readonly string[];
  readonly boundary: string | undefined;
  readonly resourcePolicy: string | undefined;
  /** Condition keys of the request that is thought of. */
  readonly facts: ConditionContext;
}

export interface Simulated {
  readonly action: string;
  readonly resource: string;
  readonly decision: Decision;
}

/** What policies allow, by themselves (IAM API reference, SimulateCustomPolicy). Throws AccessDenied, ValidationError, MalformedPolicyDocument. */
export async function simulateCustomPolicy(
  context: ServiceContext,
  caller: IamCaller,
  simulation: Simulation,
): Promise<Simulated[]> {
  await authorizeIam(context, caller, 'iam:SimulateCustomPolicy', '*');
  const policies = { ...given(simulation), session: [], accessKey: undefined };
  return run(simulation, { policies, principal: principalFacts(caller), grantOn: async () => 'silent' });
}

/**
 * What a user or role may by its policies, boundary and built-in role (IAM API reference, SimulatePrincipalPolicy). Throws AccessDenied,
 * NoSuchEntity, ValidationError, MalformedPolicyDocument.
 */
export async function simulatePrincipalPolicy(
  context: ServiceContext,
  caller: IamCaller,
  arn: string,
  simulation: Simulation,
): Promise<Simulated[]> {
  const [, kind, name] = /^arn:aws:iam::[0-9]{12}:(user|role)\/(?:[!-~]+\/)?([\w+=,.@-]+)$/.exec(arn) ?? [];
  if ((kind !== 'user' && kind !== 'role') || name === undefined)
    throw new Failure('ValidationError', 'PolicySourceArn must be the ARN of a user or role');
  await authorizeIam(context, caller, 'iam:SimulatePrincipalPolicy', arn);
  const identity = await context.catalogue.read((tx) => findAskedPrincipal(tx, caller, { kind, name }, context.now()));
  const ownArn = identity.kind === 'user' && identity.session?.kind === 'role' ? identity.session.roleArn : undefined;
  if (identity.kind !== 'user' || (ownArn ?? identity.arn) !== arn)
    throw new Failure('NoSuchEntity', `The ${kind} with name ${name} cannot be found.`);
  const standing = await policiesOf(context, identity);
  const extra = given(simulation);
  const about = accessContext(identity, context.now(), context.config.region, identity.accountId);
  return run(
    { ...simulation, facts: joinContexts(simulation.facts, about) },
    {
      policies: {
        ...standing,
        identity: [...standing.identity, ...extra.identity],
        boundary: extra.boundary ?? standing.boundary,
        resource: extra.resource,
      },
      principal: principalFacts(identity),
      grantOn: (action, resource) => grantOf(context, identity, action, resource),
    },
  );
}

type Given = Pick<Policies, 'identity' | 'boundary' | 'resource'>;

function given({ policies, boundary, resourcePolicy }: Simulation): Given {
  return {
    identity: policies.map((text, index) => compiled(text, 'identity', 'user', `PolicyInputList.${index + 1}`)),
    boundary:
      boundary === undefined
        ? undefined
        : compiled(boundary, 'identity', 'boundary', 'PermissionsBoundaryPolicyInputList.1'),
    resource: resourcePolicy === undefined ? undefined : compiled(resourcePolicy, 'bucket', 'bucket', 'ResourcePolicy'),
  };
}

function compiled(
  text: string,
  parseAs: PolicyKind,
  kind: AppliedPolicy['origin']['kind'],
  name: string,
): AppliedPolicy {
  return readPolicy(checkPolicyText(text, parseAs, MAX_POLICY_BYTES), parseAs, { kind, name });
}

interface Scene {
  readonly policies: Omit<Policies, 'role' | 'allowedByAcl'>;
  readonly principal: PrincipalFacts;
  readonly grantOn: (action: string, resource: string) => Promise<RoleGrant>;
}

async function run({ actions, resources, facts }: Simulation, scene: Scene): Promise<Simulated[]> {
  if (actions.length * resources.length > MAX_DECISIONS)
    throw new Failure('ValidationError', `at most ${MAX_DECISIONS} pairs of action and resource`);
  const { principal } = scene;
  const accountId = principal.kind === 'account' ? principal.accountId : undefined;
  const found: Simulated[] = [];
  for (const action of actions) {
    for (const resource of resources) {
      const policies = { ...scene.policies, role: await scene.grantOn(action, resource), allowedByAcl: false };
      const asked = { principal, action, resource, context: facts };
      found.push({ action, resource, decision: decide(asked, policies, { accountId, restrictsPublicPolicy: false }) });
    }
  }
  return found;
}

/** The built-in role counts for buckets of the principal's own account: of others nothing is said, not even whether they are there. */
async function grantOf(
  context: ServiceContext,
  identity: Identity,
  action: string,
  resource: string,
): Promise<RoleGrant> {
  const actionClass = classOfAction(action);
  if (identity.kind !== 'user' || actionClass === undefined) return 'silent';
  const [, , service, , , path = ''] = splitArn(resource) ?? [];
  const name = service === 's3' ? path.split('/', 1)[0] : undefined;
  const isName = name !== undefined && isBucketName(name);
  const bucket = isName ? await context.catalogue.read((tx) => findBucket(tx, name)) : undefined;
  const own = bucket?.ownerAccountId === identity.accountId ? bucket : undefined;
  return roleGrant(identity, actionClass, own, resource === '*' ? undefined : resource);
}
