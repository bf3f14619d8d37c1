import type { ReadTx } from '../../db/tx.ts';
import { type ImportItem, type ImportKind, importItem } from '../../domain/import-item.ts';
import type { AccessBundle, CarriedPolicies, UserOfBundle } from './access-bundle.ts';
import { readAccess } from './access-bundle.ts';
import type { Planned } from './plan-import.ts';

/** What an import does with who may do what. */
export interface AccessPlan {
  readonly policies: readonly Planned<AccessBundle['policies'][number]>[];
  readonly users: readonly Planned<UserOfBundle>[];
  readonly groups: readonly Planned<AccessBundle['groups'][number]>[];
  readonly roles: readonly Planned<AccessBundle['roles'][number]>[];
}

/** Who of the file, or of this install, can be referred to once tenants and users are in. */
export interface KnownHolders {
  has(account: string): boolean;
  hasUser(name: string): boolean;
}

/** Compares a bundle with what stands; nothing that stands is taken away, so lists are joined before they are compared. */
export async function planAccess(tx: ReadTx, wanted: AccessBundle, known: KnownHolders): Promise<AccessPlan> {
  const here = await readAccess(tx);
  const ids = new Map([...here.policies, ...here.groups, ...here.roles].map((one) => [one.uniqueId, keyOf(one)]));
  const plan = <T extends { readonly account: string; readonly name: string; readonly uniqueId: string }>(
    kind: ImportKind,
    all: readonly T[],
    standing: readonly T[],
    isLost: (one: T) => boolean = () => false,
  ): Planned<T>[] =>
    all.map((one) => {
      const base = { kind, name: one.name, detail: one.account.replace(/^\w+:/, '') } as const;
      const stands = standing.find((other) => keyOf(other) === keyOf(one));
      if (!known.has(one.account) || isLost(one)) {
        return { wanted: one, item: importItem({ ...base, outcome: 'refused', refusal: 'depends' }) };
      }
      const holder = ids.get(one.uniqueId);
      if (holder !== undefined && holder !== keyOf(one)) {
        return { wanted: one, item: importItem({ ...base, outcome: 'refused', refusal: 'id-taken' }) };
      }
      return { wanted: one, item: importItem({ ...base, outcome: outcomeOf(stands, one) }) };
    });
  return {
    policies: plan('policy', wanted.policies, here.policies),
    users: wanted.users.map((one) => planUser(one, here.users, known)),
    groups: plan('group', wanted.groups, here.groups),
    roles: plan('role', wanted.roles, here.roles, ({ owner }) => !known.hasUser(owner)),
  };
}

function planUser(one: UserOfBundle, standing: AccessBundle['users'], known: KnownHolders): Planned<UserOfBundle> {
  const base = { kind: 'rights', name: one.name } as const;
  if (!known.hasUser(one.name)) {
    return { wanted: one, item: importItem({ ...base, outcome: 'refused', refusal: 'depends', detail: one.name }) };
  }
  const stands = standing.find(({ name }) => name === one.name);
  return { wanted: one, item: importItem({ ...base, outcome: outcomeOf(stands, one) }) };
}

function keyOf({ account, name, uniqueId }: { account: string; name: string; uniqueId: string }): string {
  return `${uniqueId.slice(0, 4)} ${account} ${name}`;
}

function outcomeOf<T extends object>(stands: T | undefined, wanted: T): ImportItem['outcome'] {
  if (stands === undefined) return 'created';
  return JSON.stringify(sorted(joined(stands, wanted))) === JSON.stringify(sorted(stands)) ? 'same' : 'changed';
}

/** What would stand after the import: the file's facts, its lists beside those that stand, its id not. */
function joined<T extends object>(stands: T, wanted: T): object {
  const after: Record<string, unknown> = Object.fromEntries([...Object.entries(stands), ...Object.entries(wanted)]);
  if ('uniqueId' in stands) after.uniqueId = stands.uniqueId;
  if ('boundary' in stands && after.boundary === null) after.boundary = stands.boundary;
  if (isCarrying(stands) && isCarrying(wanted)) {
    const names = new Set(wanted.inline.map(({ name }) => name));
    after.inline = [...stands.inline.filter(({ name }) => !names.has(name)), ...wanted.inline];
    after.attached = union(stands.attached, wanted.attached);
  }
  if ('members' in stands && 'members' in wanted && Array.isArray(stands.members) && Array.isArray(wanted.members)) {
    after.members = union(stands.members, wanted.members);
  }
  return after;
}

function isCarrying(value: object): value is CarriedPolicies {
  return 'inline' in value && 'attached' in value;
}

function union(a: readonly unknown[], b: readonly unknown[]): unknown[] {
  const texts = new Set(a.map((one) => JSON.stringify(sorted(one))));
  return [...a, ...b.filter((one) => !texts.has(JSON.stringify(sorted(one))))];
}

/** The same facts in one order, whatever order they came in. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}
