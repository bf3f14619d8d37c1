import {
  findMatching,
  findNamed,
  findSliceEnd,
  type KeyRange,
  type ObjectConditions,
  scanObjects,
} from '../../db/tables/object-scan.ts';
import type { ReadTx } from '../../db/tx.ts';
import { endingOf, kindOf } from '../../domain/file-type.ts';
import { commonPrefixOf, endOfPrefix, successorOf } from '../../domain/listing.ts';
import { type FolderIndex, ROW_KIND } from './folder-index.ts';
import type { SearchConditions, ViewScope, ViewSpec } from './view-spec.ts';

const DELIMITER = '/';
const FIRST_BATCH = 1000;
const GREATEST_BATCH = 20_000;
/** Keys that one step of a search looks at: some ten milliseconds. */
const SLICE_KEYS = 20_000;

export interface BuildScene {
  /** One short snapshot a step. */
  read<T>(step: (tx: ReadTx) => Promise<T>): Promise<T>;
  /** After each step: others get their turn. False: enough, nobody wants the rest. */
  goOn(): Promise<boolean>;
}

/** Fills an empty index with what the spec shows, in key order, step by step. */
export async function buildIndex(scene: BuildScene, spec: ViewSpec, index: FolderIndex): Promise<void> {
  const { content, sorting } = spec;
  for (const [number, scope] of spec.scopes.entries()) {
    const target = { index, number, prefix: scope.prefix };
    const goesOn =
      content.kind === 'folder'
        ? await addFolder(scene, scope, content.withDeleted, target)
        : await addFound(scene, scope, searchOf(content.conditions, scope, sorting.by), target);
    if (!goesOn) return;
  }
}

interface Target {
  readonly index: FolderIndex;
  readonly number: number;
  readonly prefix: string;
}

/** Like `collectPage`: keys under a common prefix are not read one by one. */
async function addFolder(scene: BuildScene, scope: ViewScope, deleted: boolean, target: Target): Promise<boolean> {
  const { bucketId, prefix } = scope;
  const end = endOfPrefix(prefix);
  let from = prefix;
  let batch = FIRST_BATCH;
  for (;;) {
    const range = { bucketId, from, end };
    const rows = await scene.read((tx) => scanObjects(tx, range, deleted, batch));
    const before = target.index.count;
    let group: string | undefined;
    for (const row of rows) {
      if (group !== undefined && row.key.startsWith(group)) continue;
      group = commonPrefixOf(row.key, { prefix, delimiter: DELIMITER });
      addRow(target, group ?? row.key, {
        kind: group !== undefined ? ROW_KIND.folder : row.is_marker === 1 ? ROW_KIND.deleted : ROW_KIND.file,
        sizeBytes: group === undefined ? row.size : 0,
        modifiedMs: group === undefined ? row.modified_ms : 0,
      });
    }
    const last = rows.at(-1);
    if (last === undefined || (rows.length < batch && group === undefined)) return true;
    from = group === undefined ? successorOf(last.key) : endOfPrefix(group);
    batch = (target.index.count - before) * 2 > batch ? Math.min(batch * 2, GREATEST_BATCH) : 1;
    if (!(await scene.goOn())) return false;
  }
}

interface Search {
  readonly conditions: ObjectConditions;
  /** The index of names can answer it. */
  readonly isByNameAlone: boolean;
  /** What the catalogue cannot decide. */
  matches(key: string): boolean;
}

async function addFound(scene: BuildScene, scope: ViewScope, search: Search, target: Target): Promise<boolean> {
  const { bucketId, prefix } = scope;
  const end = endOfPrefix(prefix);
  for (let from = prefix; ; ) {
    const sliceEnd = await scene.read((tx) => findSliceEnd(tx, { bucketId, from, end }, SLICE_KEYS));
    await scene.read((tx) => addSlice(tx, { bucketId, from, end: sliceEnd ?? end }, search, target));
    if (!(await scene.goOn())) return false;
    if (sliceEnd === undefined) return true;
    from = sliceEnd;
  }
}

async function addSlice(tx: ReadTx, range: KeyRange, search: Search, target: Target): Promise<void> {
  const { conditions, isByNameAlone, matches } = search;
  if (isByNameAlone) {
    for (const key of await findNamed(tx, range, conditions)) {
      if (matches(key)) addRow(target, key, { kind: ROW_KIND.file, sizeBytes: 0, modifiedMs: 0 });
    }
    return;
  }
  for (const row of await findMatching(tx, range, conditions)) {
    if (!matches(row.key)) continue;
    addRow(target, row.key, { kind: ROW_KIND.file, sizeBytes: row.size, modifiedMs: row.modified_ms });
  }
}

function addRow(
  { index, number, prefix }: Target,
  key: string,
  row: Omit<Parameters<FolderIndex['add']>[0], 'name' | 'scope'>,
) {
  // The key that a folder itself has, so that it stands while it is empty, is no row of it.
  if (key.length > prefix.length) index.add({ ...row, name: key.slice(prefix.length), scope: number });
}

const ASCII = /^[\x20-\x7e]*$/;

/** The catalogue folds the case of ASCII letters only; other texts are compared here, composed and in lower case. */
function searchOf(asked: SearchConditions, { prefix }: ViewScope, sortedBy: string): Search {
  const name = (asked.name ?? '').normalize('NFC').toLowerCase();
  const isAscii = ASCII.test(name);
  const needsValues = [asked.minBytes, asked.maxBytes, asked.fromMs, asked.untilMs, asked.tag].some(
    (value) => value !== undefined,
  );
  return {
    conditions: {
      nameContains: isAscii ? name : '',
      skipCharacters: Array.from(prefix).length,
      minBytes: asked.minBytes ?? 0,
      maxBytes: asked.maxBytes ?? Number.MAX_SAFE_INTEGER,
      fromMs: asked.fromMs ?? 0,
      untilMs: asked.untilMs ?? Number.MAX_SAFE_INTEGER,
      tagsContain: tagText(asked.tag),
    },
    isByNameAlone: !needsValues && (sortedBy === 'name' || sortedBy === 'type'),
    matches: (key) =>
      (isAscii || isIn(key.slice(prefix.length), name)) &&
      (asked.kind === undefined || kindOf(key) === asked.kind) &&
      (asked.ending === undefined || endingOf(key) === asked.ending),
  };
}

/** `name` has something beside ASCII in it, so a key that is all ASCII need not be folded. */
function isIn(key: string, name: string): boolean {
  return !ASCII.test(key) && key.normalize('NFC').toLowerCase().includes(name);
}

/** As it stands in the column, which is JSON of `{key, value}` objects (`tagsColumnOf`). */
function tagText(tag: SearchConditions['tag']): string {
  if (tag === undefined) return '';
  const key = `{"key":${JSON.stringify(tag.key)},`;
  return tag.value === undefined ? key : `${key}"value":${JSON.stringify(tag.value)}}`;
}
