import * as z from 'zod';

/** What of the page of links stands in the address. */
export const sharesSearchSchema = z.object({
  /** Text that names, labels, buckets and makers are held against. */
  q: z.string().optional().catch(undefined),
  show: z.enum(['active', 'ended']).optional().catch(undefined),
  item: z.string().optional().catch(undefined),
});
export type SharesSearch = z.infer<typeof sharesSearchSchema>;
