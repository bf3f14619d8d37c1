import type { LedgerRecord } from './ports.ts';
import { createTransfer, type SentPart, type Source, type Transfer } from './transfer.ts';

/** A transfer as an earlier visit left it; without a source it waits for its file. */
export function restoredTransfer(
  record: LedgerRecord,
  parts: ReadonlyMap<number, SentPart>,
  source: Source | undefined,
): Transfer {
  const { error, ...facts } = record;
  const transfer = createTransfer(record.id, {
    ...facts,
    isAgain: true,
    source: { open: noFile, place: record.place },
  });
  transfer.source = source;
  transfer.rule = record.rule;
  transfer.upload = record.upload;
  transfer.error = error;
  for (const [partNumber, part] of parts) transfer.parts.set(partNumber, part);
  if (record.upload !== undefined) {
    transfer.sentBytes = Math.min(record.sizeBytes, parts.size * record.upload.partBytes);
  }
  if (record.state === 'failed') transfer.state = 'failed';
  else if (source === undefined) transfer.state = 'needs-file';
  else if (record.state === 'paused') transfer.state = 'paused';
  return transfer;
}

function noFile(): Promise<File> {
  return Promise.reject(new Error('no file'));
}
