import { CONFIG_PREFIX } from '../../commands/put-settings.ts';
import { isWritten, itemsOf, planImport } from '../../commands/support/plan-import.ts';
import { listSettings } from '../../db/tables/setting.ts';
import { parseBucketName } from '../../domain/bucket-name.ts';
import type { ImportItem } from '../../domain/import-item.ts';
import { authorize } from '../access/authorize.ts';
import { changedBy } from '../buckets/bucket-change.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import type { RunningSettings } from '../settings/running-settings.ts';
import { readStoredSettings } from '../settings/stored-settings.ts';
import { type ConfigurationDocument, documentSchema } from './document.ts';
import { fitSettings } from './fit-settings.ts';
import { sealContent } from './seal-content.ts';
import { openFile, UnreadableFile } from './sealed-file.ts';

export interface ImportRequest {
  readonly file: Buffer;
  readonly passphrase: string;
  /** Only says what would be done. */
  readonly isRehearsal: boolean;
}

export interface ImportResult {
  /** When the file was made. */
  readonly madeAtMs: number;
  /** What was, or would be, done with each thing in it. */
  readonly items: readonly ImportItem[];
}

/**
 * Takes a configuration file in, or rehearses that. One durable command does all of it; what cannot stand beside what is here
 * is left out and said. Throws AccessDenied, UnreadableFile, OperationAborted, DeleteConflict; then nothing is written.
 */
export async function importConfiguration(
  context: ServiceContext,
  running: RunningSettings,
  identity: Identity,
  { file, passphrase, isRehearsal }: ImportRequest,
): Promise<ImportResult> {
  await authorize(context, { identity, iamAction: 'stowage:MoveConfiguration' });
  const document = parseDocument(await openFile(file, passphrase));
  const { seen, stored } = await context.catalogue.read(async (tx) => ({
    seen: await listSettings(tx, CONFIG_PREFIX),
    stored: await readStoredSettings(tx),
  }));
  const fitting = await fitSettings(running, context.config, stored, document.settings);
  const content = await sealContent(context, document, fitting.rows);
  const { madeAtMs } = document;
  if (isRehearsal) {
    const plan = await context.catalogue.read((tx) => planImport(tx, content));
    return { madeAtMs, items: [...itemsOf(plan), ...fitting.refused] };
  }
  const items = await context.engine.submit('import-configuration', { content, seen, ...changedBy(context, identity) });
  await running.apply(fitting.next);
  announce(context, items);
  return { madeAtMs, items: [...items, ...fitting.refused] };
}

function parseDocument(body: Buffer): ConfigurationDocument {
  try {
    return documentSchema.parse(JSON.parse(body.toString('utf8')));
  } catch {
    // Whoever has the passphrase sealed it, and a release that knows more than this one.
    throw new UnreadableFile('newer');
  }
}

function announce({ events }: ServiceContext, items: readonly ImportItem[]): void {
  const written = items.filter(isWritten);
  if (written.length === 0) return;
  events.publish({ kind: 'settings' }, 'operators');
  events.publish({ kind: 'people' }, 'admins');
  events.publish({ kind: 'keys' }, 'admins');
  for (const { kind, name } of written) {
    if (kind === 'bucket') events.publish({ kind: 'bucket-changed', bucket: parseBucketName(name) }, 'operators');
  }
}
