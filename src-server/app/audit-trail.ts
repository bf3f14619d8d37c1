import { join } from 'node:path';
import { findAuditHead } from '../db/tables/audit-record.ts';
import { AUDIT_FOLDER, type AuditHead, appendHead } from '../observability/audit-heads.ts';
import type { TakenDenials } from '../observability/denials.ts';
import { CHAIN_START } from '../observability/denied-chain.ts';
import { DeniedLog } from '../observability/denied-log.ts';
import { ensureFolders } from '../platform/disk-folder.ts';
import type { ServiceThread } from './service-thread.ts';

const WRITE_EVERY_MS = 1000;
const HEAD_EVERY_MS = 3_600_000;

/** Keeps what was refused, and now and then where the trail ends. */
export interface AuditTrail {
  /** From another thread. */
  take(taken: TakenDenials): void;
  /** Writes what was counted until now. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the files of denied requests; heads of both chains go beside them and to the root of every disk, at the start, each hour and at the end. */
export async function openAuditTrail({ context, disks }: ServiceThread): Promise<AuditTrail> {
  const { log, now, catalogue, config } = context;
  await ensureFolders(config.dataDir, [AUDIT_FOLDER]);
  const folder = join(config.dataDir, AUDIT_FOLDER);
  const denied = await DeniedLog.open({ folder, now });
  let waiting: TakenDenials[] = [];
  let turn: Promise<void> = Promise.resolve();
  const write = async (isLast: boolean): Promise<void> => {
    const taken = [...waiting, context.denials.take(now(), isLast)];
    waiting = [];
    const denials = taken.flatMap((one) => one.denials);
    const dropped = taken.reduce((sum, one) => sum + one.dropped, 0);
    // A full disk must not end the service: what could not be written is said in the log of the process.
    await denied
      .write({ denials, dropped })
      .catch((error: unknown) => log.error({ err: error, count: denials.length }, 'denied requests were not written'));
  };
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    turn = turn.then(work);
    return turn;
  };
  const head = async (): Promise<void> => {
    const changes = await catalogue.read(findAuditHead);
    const end =
      changes === undefined
        ? CHAIN_START
        : { seq: Number(changes.seq), hash: Buffer.from(changes.hash).toString('hex') };
    const said: AuditHead = { atMs: now(), changes: end, denied: denied.end };
    const roots = disks.facts().flatMap(({ root, space }) => (space === undefined ? [] : [root]));
    for (const place of new Set([folder, ...roots])) {
      await appendHead(place, said).catch((error: unknown) => log.warn({ err: error, place }, 'no audit head written'));
    }
  };
  const writing = setInterval(() => void inTurn(() => write(false)), WRITE_EVERY_MS);
  const heading = setInterval(() => void inTurn(head), HEAD_EVERY_MS);
  for (const timer of [writing, heading]) timer.unref();
  await inTurn(head);
  return {
    take: (taken) => waiting.push(taken),
    flush: () => inTurn(() => write(false)),
    close: async () => {
      clearInterval(writing);
      clearInterval(heading);
      await inTurn(() => write(true));
      await inTurn(head);
      await denied.close();
    },
  };
}
