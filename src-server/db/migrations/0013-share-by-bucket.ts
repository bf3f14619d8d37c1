/** The links into one bucket, newest first: what a file's details ask for. */
export const SHARE_BY_BUCKET_0013: readonly string[] = [
  `CREATE INDEX share_by_bucket ON share (bucket_id, created_ms, id)`,
];
