import { noSuchPolicy } from '../../commands/delete-holder-policy.ts';
import type { NamedHolder } from '../../commands/put-holder-policy.ts';
import { findInlinePolicy, type HolderRef, listInlinePolicies } from '../../db/tables/inline-policy.ts';
import { checkPolicyText, MAX_INLINE_POLICIES } from '../../domain/iam-rules.ts';
import type { ServiceContext } from '../context.ts';
import { announcePolicies } from './announce-policies.ts';
import { actorOf, askAboutGroup, askAboutUser, type IamCaller } from './ask.ts';

export type { NamedHolder } from '../../commands/put-holder-policy.ts';

/** Adds or replaces an inline policy. Throws AccessDenied, NoSuchEntity, MalformedPolicyDocument, LimitExceeded. */
export async function putHolderPolicy(
  context: ServiceContext,
  identity: IamCaller,
  holder: NamedHolder,
  { policyName, document }: { readonly policyName: string; readonly document: string },
): Promise<void> {
  await ask(context, identity, 'Put', holder);
  checkPolicyText(document, 'identity', MAX_INLINE_POLICIES[holder.kind]);
  await context.engine.submit('put-holder-policy', { actor: actorOf(identity), holder, policyName, document });
  announcePolicies(context);
}

/** Removes an inline policy. Throws AccessDenied, NoSuchEntity. */
export async function deleteHolderPolicy(
  context: ServiceContext,
  identity: IamCaller,
  holder: NamedHolder,
  policyName: string,
): Promise<void> {
  await ask(context, identity, 'Delete', holder);
  await context.engine.submit('delete-holder-policy', { actor: actorOf(identity), holder, policyName });
  announcePolicies(context);
}

/** The text of an inline policy. Throws AccessDenied, NoSuchEntity. */
export async function findHolderPolicy(
  context: ServiceContext,
  identity: IamCaller,
  holder: NamedHolder,
  policyName: string,
): Promise<string> {
  const ref = await ask(context, identity, 'Get', holder);
  const found = await context.catalogue.read((tx) => findInlinePolicy(tx, ref, policyName));
  if (found === undefined) throw noSuchPolicy(holder, policyName);
  return found.document;
}

/** Names of the inline policies of a holder, sorted. Throws AccessDenied, NoSuchEntity. */
export async function listHolderPolicies(
  context: ServiceContext,
  identity: IamCaller,
  holder: NamedHolder,
): Promise<string[]> {
  const ref = await ask(context, identity, 'List', holder);
  return (await context.catalogue.read((tx) => listInlinePolicies(tx, ref))).map(({ name }) => name);
}

async function ask(
  context: ServiceContext,
  identity: IamCaller,
  verb: 'Put' | 'Get' | 'Delete' | 'List',
  { kind, name }: NamedHolder,
): Promise<HolderRef> {
  const ending = verb === 'List' ? 'Policies' : 'Policy';
  const { id } =
    kind === 'user'
      ? await askAboutUser(context, identity, `iam:${verb}User${ending}`, name)
      : await askAboutGroup(context, identity, `iam:${verb}Group${ending}`, name);
  return { kind, id };
}
