import type { AuditRules } from './audit-rule.ts';

const CONTENT = { why: 'content: objects and their versions have the access log' };
const UPKEEP = { why: 'upkeep of the server: no decision of a person' };
const STEP = { why: 'a step of an operation, which keeps its own record' };
const USE = { why: 'notes a use, changes nothing' };

/** Commands without a record in the audit trail, and why. */
export const UNAUDITED = {
  'abort-upload': CONTENT,
  'begin-operation': STEP,
  'bin-objects': STEP,
  'collect-garbage': UPKEEP,
  'complete-upload': CONTENT,
  'copy-object': CONTENT,
  'copy-part': CONTENT,
  'correct-counters': UPKEEP,
  'create-operation': STEP,
  'create-upload': CONTENT,
  'delete-object': CONTENT,
  'delete-objects': CONTENT,
  'doom-segments': UPKEEP,
  'finish-operation': STEP,
  'forget-batch': STEP,
  'forget-containers': UPKEEP,
  'forget-sts-sessions': UPKEEP,
  'note-copy': STEP,
  'note-key-uses': USE,
  'note-progress': STEP,
  'note-share-use': USE,
  'prune-operations': UPKEEP,
  'purge-binned': STEP,
  'put-object': CONTENT,
  'put-object-acl': CONTENT,
  'put-object-tagging': CONTENT,
  'put-part': CONTENT,
  'put-setup-token': UPKEEP,
  'put-setup-wizard': { why: 'how far the first guide was read' },
  'relocate-extents': UPKEEP,
  'reserve-share-upload': CONTENT,
  'restore-binned': STEP,
  'return-binned': STEP,
  'revive-versions': STEP,
  'save-lock-clock': UPKEEP,
  'seal-segments': UPKEEP,
  'settle-share-upload': CONTENT,
  'start-share-download': USE,
  'touch-session': USE,
  'transfer-objects': STEP,
  'withdraw-versions': STEP,
} satisfies Partial<AuditRules>;
