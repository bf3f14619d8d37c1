import * as z from 'zod';

export const ACTIVITY_TABS = ['requests', 'audit', 'log', 'jobs'] as const;
export type ActivityTab = (typeof ACTIVITY_TABS)[number];

/** What the address of the page holds, so that a view can be sent to somebody. */
export const activitySearchSchema = z.object({
  tab: z.enum(ACTIVITY_TABS).optional().catch(undefined),
  filter: z.string().optional().catch(undefined),
  errors: z.boolean().optional().catch(undefined),
  level: z.enum(['all', 'warn', 'error']).optional().catch(undefined),
  request: z.string().optional().catch(undefined),
});
export type ActivitySearch = z.infer<typeof activitySearchSchema>;
