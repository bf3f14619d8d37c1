export const FILTERS = ['all', 'active', 'failed', 'done'] as const;
export type Filter = (typeof FILTERS)[number];
