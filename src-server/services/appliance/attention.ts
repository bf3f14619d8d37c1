import { roomBytes } from '../../domain/placement.ts';
import type { Appliance } from './appliance.ts';

/** What can be wrong with the appliance, worst first. The console says each in words. */
export const ATTENTION_CAUSES = [
  'catalogue-fails',
  'writes-refused',
  'no-writable-disk',
  'writes-failing',
  'disk-absent',
  'disk-suspect',
  'disk-full',
  'disk-filling',
  'job-failing',
  'locks-held',
  'history-off',
] as const;
export type AttentionCause = (typeof ATTENTION_CAUSES)[number];

/** One cause, once. */
export interface Attention {
  readonly cause: AttentionCause;
  /** Name of the disk or job. */
  readonly subject: string | undefined;
  /** What the system said, as it said it. */
  readonly detail: string | undefined;
}

export type ApplianceStatus = 'fine' | 'working' | 'attention' | 'stopped';

export interface Condition {
  readonly status: ApplianceStatus;
  readonly attention: readonly Attention[];
  /** A job that has been at work for a while, where nothing is wrong. */
  readonly busyJob: string | undefined;
}

const STOPPED: ReadonlySet<AttentionCause> = new Set(['catalogue-fails', 'writes-refused', 'no-writable-disk']);
/** Below it somebody should think of another disk. */
const FILLING_FREE_SHARE = 0.1;
/** A job that has more to do for longer than this is worth a word. */
const BUSY_MS = 10_000;

/** How the appliance is, in one word, and what needs attention. */
export async function conditionOf(appliance: Appliance, nowMs: number): Promise<Condition> {
  const attention = [
    ...((await appliance.catalogueWorks()) ? [] : [item('catalogue-fails')]),
    ...said('writes-refused', appliance.writesRefused()),
    ...said('writes-failing', appliance.recentFailure()),
    ...diskAttention(appliance),
    ...appliance
      .jobs()
      .filter(({ state }) => state === 'failing')
      .map(({ name, lastError }) => item('job-failing', name, lastError)),
    ...(appliance.expiriesHeld() ? [item('locks-held')] : []),
    ...said('history-off', appliance.derived.failure()),
  ].sort((a, b) => ATTENTION_CAUSES.indexOf(a.cause) - ATTENTION_CAUSES.indexOf(b.cause));
  const busyJob = appliance
    .jobs()
    .find(({ busySinceMs }) => busySinceMs !== undefined && nowMs - busySinceMs > BUSY_MS);
  return { status: statusOf(attention, busyJob !== undefined), attention, busyJob: busyJob?.name };
}

function statusOf(attention: readonly Attention[], isBusy: boolean): ApplianceStatus {
  if (attention.some(({ cause }) => STOPPED.has(cause))) return 'stopped';
  if (attention.length > 0) return 'attention';
  return isBusy ? 'working' : 'fine';
}

function diskAttention({ disks, absentAtStart }: Appliance): Attention[] {
  const found = absentAtStart.map(({ name, reason }) => item('disk-absent', name, reason));
  let writable = 0;
  for (const { name, space, isSuspect } of disks()) {
    if (absentAtStart.some((absent) => absent.name === name)) continue;
    if (space === undefined) {
      found.push(item('disk-absent', name));
      continue;
    }
    if (isSuspect) found.push(item('disk-suspect', name));
    if (roomBytes({ ...space, reservedBytes: 0 }) <= 0) {
      found.push(item('disk-full', name));
      continue;
    }
    writable += 1;
    if (space.freeBytes < space.totalBytes * FILLING_FREE_SHARE) found.push(item('disk-filling', name));
  }
  if (writable === 0) found.push(item('no-writable-disk'));
  return found;
}

function said(cause: AttentionCause, detail: string | undefined): Attention[] {
  return detail === undefined ? [] : [item(cause, undefined, detail)];
}

function item(cause: AttentionCause, subject?: string, detail?: string): Attention {
  return { cause, subject, detail };
}
