import * as z from 'zod';

/** What the address of a folder says beside the folder: everything that reload and Back must bring back. */
export const filesSearchSchema = z.object({
  /** The row whose details are open, by `entryId`. */
  item: z.string().optional().catch(undefined),
  /** Of the details. */
  tab: z.string().optional().catch(undefined),
});
export type FilesSearch = z.infer<typeof filesSearchSchema>;
