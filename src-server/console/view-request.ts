import type * as z from 'zod';
import type { FolderRow, searchQuerySchema } from '../contract/folder-view.ts';
import { assertNever } from '../domain/assert-never.ts';
import type { Sorting } from '../services/views/order-rows.ts';
import type { PageRequest, SearchConditions, ViewRow } from '../services/views/view-spec.ts';

type Asked = z.infer<typeof searchQuerySchema>;

/** The conditions among the query; undefined where there is none. */
export function conditionsOf(asked: Asked): SearchConditions | undefined {
  const { name, kind, ending, minBytes, maxBytes, fromMs, untilMs, tag } = asked;
  const conditions = {
    name,
    kind,
    ending: ending?.toLowerCase(),
    minBytes,
    maxBytes,
    fromMs,
    untilMs,
    tag: tagOf(tag),
  };
  return Object.values(conditions).every((value) => value === undefined) ? undefined : conditions;
}

function tagOf(text: string | undefined): SearchConditions['tag'] {
  if (text === undefined) return undefined;
  const at = text.indexOf('=');
  return at < 0 ? { key: text, value: undefined } : { key: text.slice(0, at), value: text.slice(at + 1) };
}

export function sortingOf({ sort, order }: Asked): Sorting {
  return { by: sort, descending: order === 'desc' };
}

export function pageOf(asked: Asked): Omit<PageRequest, 'spec' | 'locate'> {
  const { view, offset, limit, waitMs } = asked;
  return { view, offset, limit, waitMs, fresh: asked.fresh !== undefined };
}

export function presentRow(row: ViewRow): FolderRow {
  switch (row.kind) {
    case 'folder':
      return { kind: row.kind, prefix: row.prefix };
    case 'gone':
      return { kind: row.kind, key: row.key };
    case 'deleted':
      return { kind: row.kind, key: row.key, modifiedAtMs: row.modifiedAtMs };
    case 'file': {
      const { kind, key, sizeBytes, modifiedAtMs, etag, storageClass } = row;
      return { kind, key, sizeBytes, modifiedAtMs, etag, storageClass };
    }
    default:
      return assertNever(row);
  }
}
