import * as z from 'zod';
import { userName } from '../../config/provisioning.ts';
import { type PolicyKind, parsePolicy } from '../../domain/policy/policy-document.ts';

const MAX_ROWS = 100_000;

/** A policy that can be read. */
export const identityPolicy = z.string().refine((text) => isPolicy(text, 'identity'), 'no policy');
const trustPolicy = z.string().refine((text) => isPolicy(text, 'trust'), 'no policy');

function isPolicy(text: string, kind: PolicyKind): boolean {
  try {
    parsePolicy(text, kind);
    return true;
  } catch {
    return false;
  }
}

const entityName = z.string().regex(/^[\w+=,.@-]{1,128}$/);
const path = z.string().regex(/^\/([!-~]{1,510}\/)?$/);
const uniqueId = z.string().regex(/^A[A-Z]{3}[A-Z2-7]{17}$/);
const tags = z.record(z.string().max(128), z.string().max(256));
const account = z.string().regex(/^(?:tenant:|user:).{1,128}$/u);
const policyName = z.strictObject({ account: z.union([account, z.literal('aws')]), name: entityName });
const carried = {
  inline: z.array(z.strictObject({ name: entityName, document: identityPolicy })).max(MAX_ROWS),
  attached: z.array(policyName).max(MAX_ROWS),
};

/** Who may do what, as a configuration file has it. */
export const accessSchema = z.strictObject({
  policies: z
    .array(
      z
        .strictObject({
          account,
          name: entityName,
          path,
          uniqueId,
          description: z.string().max(1000),
          defaultVersion: z.int().min(1),
          nextVersion: z.int().min(1),
          tags,
          versions: z
            .array(z.strictObject({ version: z.int().min(1), document: identityPolicy }))
            .min(1)
            .max(5),
        })
        .refine(({ versions, defaultVersion, nextVersion }) => {
          const numbers = versions.map(({ version }) => version);
          const isApart = new Set(numbers).size === numbers.length;
          return isApart && numbers.includes(defaultVersion) && numbers.every((number) => number < nextVersion);
        }, 'versions do not fit'),
    )
    .max(MAX_ROWS),
  users: z
    .array(
      z.strictObject({
        name: userName,
        path,
        tags,
        boundary: policyName.nullable(),
        accountHolder: userName.nullable(),
        ...carried,
      }),
    )
    .max(MAX_ROWS),
  groups: z
    .array(
      z.strictObject({
        account,
        name: entityName,
        path,
        uniqueId,
        members: z.array(userName).max(MAX_ROWS),
        ...carried,
      }),
    )
    .max(MAX_ROWS),
  roles: z
    .array(
      z.strictObject({
        account,
        name: entityName,
        path,
        uniqueId,
        owner: userName,
        trustPolicy,
        description: z.string().max(1000),
        maxSessionSeconds: z.int().min(900).max(43_200),
        tags,
        boundary: policyName.nullable(),
        ...carried,
      }),
    )
    .max(MAX_ROWS),
});
