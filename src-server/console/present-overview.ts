import type {
  AttentionItem,
  ContactView,
  DiskView,
  ForecastView,
  NowView,
  OverviewView,
} from '../contract/overview.ts';
import type { Forecast } from '../domain/forecast.ts';
import type { Contact } from '../observability/contacts.ts';
import type { Appliance, NowFacts } from '../services/appliance/appliance.ts';
import type { Attention } from '../services/appliance/attention.ts';
import type { Capacity, CapacityParts } from '../services/appliance/capacity.ts';
import type { Overview } from '../services/appliance/get-overview.ts';
import type { DiskCondition } from '../tiers/disk-set.ts';

/** The overview as the contract shows it. */
export function presentOverview(overview: Overview, appliance: Appliance): OverviewView {
  const { atMs, condition, capacity, totals, forecast, now, contacts } = overview;
  return {
    atMs,
    status: condition.status,
    busyJob: condition.busyJob ?? null,
    attention: condition.attention.map(presentAttention),
    capacity: partsOf(capacity.all),
    stored: { ...totals.usage },
    largestBuckets: totals.largestBuckets.map(({ name, bytes, objects }) => ({ name, bytes, objects })),
    disks: presentDisks(appliance, capacity, condition.attention),
    forecast: presentForecast(forecast),
    now: now === undefined ? null : presentNow(now),
    contacts: contacts.map(presentContact),
  };
}

function presentAttention({ cause, subject, detail }: Attention): AttentionItem {
  return { cause, subject: subject ?? null, detail: detail ?? null };
}

function partsOf({ totalBytes, dataBytes, overheadBytes, otherBytes, freeBytes }: CapacityParts) {
  return { totalBytes, dataBytes, overheadBytes, otherBytes, freeBytes };
}

/** Disks in the order of the catalogue; then those that the catalogue never met. */
function presentDisks(
  { disks, absentAtStart }: Appliance,
  capacity: Capacity,
  attention: readonly Attention[],
): DiskView[] {
  const known = disks();
  const reasonOf = (name: string) => absentAtStart.find((disk) => disk.name === name)?.reason;
  const shown = known.map((disk): DiskView => {
    const space = capacity.disks.find(({ diskId }) => diskId === disk.id);
    const isAbsent = space === undefined || reasonOf(disk.name) !== undefined;
    return {
      ...identityOf(disk),
      id: disk.id,
      path: disk.root,
      state: isAbsent ? 'unknown' : attention.some(({ subject }) => subject === disk.name) ? 'attention' : 'fine',
      absentReason: isAbsent ? (reasonOf(disk.name) ?? null) : null,
      space: isAbsent ? null : { ...partsOf(space), files: space.files, sharesWith: [...space.sharesWith] },
    };
  });
  const strangers = absentAtStart.filter(({ name }) => !known.some((disk) => disk.name === name));
  return [...shown, ...strangers.map((disk, index) => absentDisk(disk, -1 - index))];
}

function identityOf({ uuid, name, tier, hasLog, isSuspect, faults }: DiskCondition) {
  return { uuid, name, tier, hasLog, isSuspect, faults };
}

function absentDisk({ uuid, name, tier, path, reason }: Appliance['absentAtStart'][number], id: number): DiskView {
  const none = { hasLog: false, isSuspect: false, faults: 0, space: null };
  return { id, uuid, name, path, tier, state: 'unknown', absentReason: reason, ...none };
}

function presentForecast(forecast: Forecast): ForecastView {
  return forecast.kind === 'full-at' ? { ...forecast, latestMs: forecast.latestMs ?? null } : forecast;
}

function presentNow({ atMs, values }: NowFacts): NowView {
  const { in: bytesIn = 0, out: bytesOut = 0, requests = 0, p50 = null, p99 = null } = values;
  return { atMs, bytesIn, bytesOut, requests, p50, p99 };
}

function presentContact(contact: Contact): ContactView {
  const { program, accessKeyId, firstMs, lastMs, requests, errors, bytesIn, bytesOut } = contact;
  return {
    client: { id: program.id, name: program.name, version: program.version ?? null },
    accessKeyId: accessKeyId ?? null,
    firstMs: Math.round(firstMs),
    lastMs: Math.round(lastMs),
    lastWriteMs: contact.lastWriteMs ?? null,
    lastErrorMs: contact.lastErrorMs ?? null,
    lastErrorCode: contact.lastErrorCode ?? null,
    bucket: contact.bucket ?? null,
    address: contact.remote ?? null,
    requests,
    errors,
    bytesIn,
    bytesOut,
  };
}
