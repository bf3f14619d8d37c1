import * as z from 'zod';
import { fileKindSchema } from '../../../src-server/contract/folder-view.ts';

const bytes = z.int().min(0).optional().catch(undefined);
const day = z.iso.date().optional().catch(undefined);

/** What is looked for behind the folder; days are those of the viewer. */
const conditions = {
  q: z.coerce.string().min(1).max(1024).optional().catch(undefined),
  kind: fileKindSchema.optional().catch(undefined),
  min: bytes,
  max: bytes,
  since: day,
  until: day,
  tag: z.coerce.string().min(1).max(400).optional().catch(undefined),
};

const order = {
  sort: z.enum(['name', 'size', 'changed', 'type']).optional().catch(undefined),
  order: z.literal('desc').optional().catch(undefined),
};

/** What the address of a folder says beside the folder: everything that reload and Back must bring back. */
export const filesSearchSchema = z.object({
  ...conditions,
  ...order,
  /** Rows of 36 px or of 28, where that is not what this browser shows anyway; or pictures. */
  view: z.enum(['rows', 'compact', 'grid']).optional().catch(undefined),
  /** Also keys that were deleted and can be had back. */
  deleted: z.literal(true).optional().catch(undefined),
  /** The folder as it was then, epoch ms. */
  at: z.int().min(0).optional().catch(undefined),
  /** The row whose details are open, by `entryId`. */
  item: z.string().optional().catch(undefined),
  /** Of the details. */
  tab: z.string().optional().catch(undefined),
});
export type FilesSearch = z.infer<typeof filesSearchSchema>;
/** The look of a list in a browser whose lists are `density`. */
export function viewOf(
  { view }: Pick<FilesSearch, 'view'>,
  density: 'normal' | 'compact',
): 'rows' | 'compact' | 'grid' {
  return view ?? (density === 'compact' ? 'compact' : 'rows');
}
export type FilesConditions = Pick<FilesSearch, keyof typeof conditions>;
export type SortColumn = NonNullable<FilesSearch['sort']>;

export const searchPageSchema = z.object({ ...conditions, ...order });

const CONDITIONS = Object.keys(conditions) as (keyof FilesConditions)[]; // of the object above

export function hasConditions(search: FilesConditions): boolean {
  return CONDITIONS.some((name) => search[name] !== undefined);
}

/** To be merged into an address, so that nothing is looked for any more. */
export const NO_CONDITIONS: FilesConditions = Object.fromEntries(CONDITIONS.map((name) => [name, undefined]));

/** The conditions and the order as the API has them. */
export function queryOf(search: FilesConditions & Pick<FilesSearch, 'sort' | 'order'>): Record<string, string> {
  const { q, kind, min, max, since, until, tag, sort, order: direction } = search;
  const query = {
    name: q,
    kind,
    minBytes: min,
    maxBytes: max,
    fromMs: since === undefined ? undefined : startOfDay(since, 0),
    untilMs: until === undefined ? undefined : startOfDay(until, 1),
    tag,
    sort,
    order: direction,
  };
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, `${value}`]])),
  );
}

/** Of the viewer's day, so many days later. */
function startOfDay(text: string, daysLater: number): number {
  const date = new Date(`${text}T00:00:00`);
  date.setDate(date.getDate() + daysLater);
  return Math.max(0, date.getTime());
}
