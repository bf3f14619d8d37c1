/** Which buckets answer Veeam's Smart Object Storage API. */
export const SOSAPI_0009: readonly string[] = [`ALTER TABLE bucket ADD COLUMN sosapi INTEGER NOT NULL DEFAULT 0`];
