import type { CommandName } from './registry.ts';

/** What the engine must know of a command before it runs it. */
export interface CommandTraits {
  /**
   * How far the space may have shrunk before it is refused (LOG.md 25): `write` stops at the low water; `copy` moves bytes, to
   * give back more later; `free` gives space back or administers; `collect` is what really gives space back, and goes last.
   */
  readonly space: 'write' | 'copy' | 'free' | 'collect';
  /** `background`: waits for everybody else, and takes at most 5 ms of a batch (LOG.md 12). */
  readonly priority: 'foreground' | 'background';
}

const ORDINARY: CommandTraits = { space: 'write', priority: 'foreground' };
const FREES: CommandTraits = { space: 'free', priority: 'foreground' };
/** Operations yield to whoever waits for an answer; what makes room, or none, goes on where little is left. */
const OPERATES: CommandTraits = { space: 'write', priority: 'background' };
const WITHDRAWS: CommandTraits = { space: 'free', priority: 'background' };
const COPIES: CommandTraits = { space: 'copy', priority: 'background' };
const COLLECTS: CommandTraits = { space: 'collect', priority: 'background' };

/** By command name; what is not listed writes, in the foreground. */
const TRAITS: Readonly<Partial<Record<CommandName, CommandTraits>>> = {
  'delete-object': FREES,
  'delete-objects': FREES,
  'delete-bucket': FREES,
  'abort-upload': FREES,
  'put-bucket-quota': FREES,
  'put-bucket-policy': FREES,
  'put-public-access-block': FREES,
  'put-root-key': FREES,
  'put-settings': FREES,
  'put-setup-token': FREES,
  'put-setup-wizard': FREES,
  'claim-setup': FREES,
  'open-session': FREES,
  'close-session': FREES,
  'touch-session': FREES,
  'create-access-key': FREES,
  'update-access-key': FREES,
  'delete-access-key': FREES,
  'rotate-access-key': FREES,
  'note-key-uses': FREES,
  'save-lock-clock': FREES,
  'confirm-lock-clock': FREES,
  'put-object-retention': FREES,
  'put-object-legal-hold': FREES,
  'put-bucket-object-lock': FREES,
  'change-share': FREES,
  'remove-share': FREES,
  'settle-share-upload': FREES,
  'create-tenant': FREES,
  'update-tenant': FREES,
  'create-user': FREES,
  'update-user': FREES,
  'delete-user': FREES,
  'create-iam-user': FREES,
  'update-iam-user': FREES,
  'put-user-tags': FREES,
  'put-login-profile': FREES,
  'delete-iam-user': FREES,
  'create-group': FREES,
  'update-group': FREES,
  'delete-group': FREES,
  'add-group-member': FREES,
  'remove-group-member': FREES,
  'put-holder-policy': FREES,
  'delete-holder-policy': FREES,
  'put-user-boundary': FREES,
  'put-password-link': FREES,
  'use-password-link': FREES,
  'change-password': FREES,
  'update-account': FREES,
  'close-other-sessions': FREES,
  'close-sessions-of': FREES,
  'begin-second-factor': FREES,
  'confirm-second-factor': FREES,
  'renew-recovery-codes': FREES,
  'end-second-factor': FREES,
  'reset-second-factor': FREES,
  'apply-provisioning': FREES,
  'import-configuration': FREES,
  'note-export': FREES,
  'correct-counters': FREES,
  'create-operation': FREES,
  'seal-segments': FREES,
  'collect-garbage': COLLECTS,
  'doom-segments': COLLECTS,
  'forget-containers': COLLECTS,
  'relocate-extents': COPIES,
  'begin-operation': FREES,
  'finish-operation': FREES,
  'forget-batch': WITHDRAWS,
  'note-copy': WITHDRAWS,
  'note-progress': WITHDRAWS,
  'prune-operations': WITHDRAWS,
  'bin-objects': WITHDRAWS,
  'purge-binned': WITHDRAWS,
  'withdraw-versions': WITHDRAWS,
  'restore-binned': OPERATES,
  'return-binned': WITHDRAWS,
  'revive-versions': OPERATES,
  'transfer-objects': OPERATES,
};

const BY_NAME: ReadonlyMap<string, CommandTraits> = new Map(Object.entries(TRAITS));

export function traitsOf(name: string): CommandTraits {
  return BY_NAME.get(name) ?? ORDINARY;
}
