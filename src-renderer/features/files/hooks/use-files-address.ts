import { useNavigate, useSearch } from '@tanstack/react-router';
import { splatOf } from '../../../lib/file-address.ts';
import type { FilesSearch, SortColumn } from '../address.ts';

/** The folder's address as the list reads and writes it. */
export function useFilesAddress(bucket: string) {
  const search = useSearch({ from: '/frame/files/$bucket/$' });
  const navigate = useNavigate({ from: '/files/$bucket/$' });
  /** Another look at the same folder: Back skips it, except for what was looked for. */
  const change = (changes: Partial<FilesSearch>, replace = true) =>
    void navigate({ to: '.', search: (now) => ({ ...now, ...changes }), replace });
  const goTo = (prefix: string, keep: Partial<FilesSearch> = {}) =>
    void navigate({
      to: '/files/$bucket/$',
      params: { bucket, _splat: splatOf(prefix) },
      search: { view: search.view, deleted: search.deleted, sort: search.sort, order: search.order, ...keep },
    });
  const sortBy = (by: SortColumn) => change(nextOrder(search, by));
  return { search, change, goTo, sortBy };
}

/** A press on the column that sorts already turns the order; sizes and dates begin with the greatest. */
export function nextOrder(
  { sort = 'name', order }: Pick<FilesSearch, 'sort' | 'order'>,
  by: SortColumn,
): Pick<FilesSearch, 'sort' | 'order'> {
  const isFalling = sort === by ? order !== 'desc' : by === 'size' || by === 'changed';
  return { sort: by === 'name' ? undefined : by, order: isFalling ? 'desc' : undefined };
}
