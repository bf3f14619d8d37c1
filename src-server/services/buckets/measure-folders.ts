import { type FolderSum, findFolderRunEnd, sumFolders, sumOwnKey } from '../../db/tables/folder-sums.ts';
import type { BucketName, EpochMs } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import { requireBucket } from './require-bucket.ts';

/** What fills one folder: its largest folders, the others together, and the files that stand in it. */
export interface FolderFill {
  /** The largest first. */
  readonly folders: readonly FolderSum[];
  readonly others: { readonly folders: number; readonly bytes: number; readonly versions: number };
  readonly files: { readonly bytes: number; readonly versions: number };
  readonly totalBytes: number;
  readonly totalVersions: number;
  /** False where it was too much to add up in the time; then these are the first keys only. */
  readonly isComplete: boolean;
  readonly asOfMs: EpochMs;
}

/** Some milliseconds, between which others have their turn. */
const RUN_ROWS = 5000;
const LONGEST_MS = 5000;
const SHOWN = 50;
/** Held at once: a folder of a million folders is not a million lines of memory. */
const HELD = 1000;
/** Behind every key of a prefix: the last code point is no character. */
const END = '\u{10ffff}';

/** Adds up all versions behind a prefix (empty or ending with `/`) by its next name, in runs, for five seconds at most. Throws NoSuchBucket. */
export async function measureFolders(
  context: ServiceContext,
  name: BucketName,
  prefix: string,
  runRows = RUN_ROWS,
): Promise<FolderFill> {
  const { id } = await requireBucket(context, name);
  const { catalogue } = context;
  const untilMs = context.now() + LONGEST_MS;
  const tally = newTally();
  if (prefix !== '') tally.add(await catalogue.read((tx) => sumOwnKey(tx, id, prefix)));
  for (let after: string | undefined = prefix; after !== undefined; ) {
    if (context.now() > untilMs) return { ...tally.result(), isComplete: false, asOfMs: context.now() };
    const from: string = after;
    const { end, sums } = await catalogue.read(async (tx) => {
      const last = await findFolderRunEnd(tx, id, [from, prefix + END], runRows);
      return { end: last, sums: await sumFolders(tx, id, prefix, [from, last ?? prefix + END]) };
    });
    for (const sum of sums) tally.add(sum);
    after = end;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { ...tally.result(), isComplete: true, asOfMs: context.now() };
}

function newTally() {
  const files = { bytes: 0, versions: 0 };
  const others = { folders: 0, bytes: 0, versions: 0 };
  let held: { name: string; bytes: number; versions: number }[] = [];
  const total = { bytes: 0, versions: 0 };
  /** Keeps the largest, and the one that may go on. */
  const prune = (most: number, open: number): void => {
    const last = open === 0 ? [] : held.splice(-open);
    held.sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));
    for (const sum of held.splice(most)) {
      others.folders += 1;
      others.bytes += sum.bytes;
      others.versions += sum.versions;
    }
    held = [...held, ...last];
  };
  return {
    /** In the order of the keys, so that a folder's sums follow each other. */
    add: ({ name, bytes, versions }: FolderSum): void => {
      total.bytes += bytes;
      total.versions += versions;
      const open = held.at(-1);
      const into = name === '' ? files : open?.name === name ? open : undefined;
      if (into === undefined) held.push({ name, bytes, versions });
      else {
        into.bytes += bytes;
        into.versions += versions;
      }
      if (held.length > HELD) prune(SHOWN, 1);
    },
    result: () => {
      prune(SHOWN, 0);
      return { folders: held, others, files, totalBytes: total.bytes, totalVersions: total.versions };
    },
  };
}
