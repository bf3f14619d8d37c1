/** What a tenant and a bucket may hold at most (null: no limit), what a tenant holds, and names that wait for their account. */
export const QUOTAS_0012: readonly string[] = [
  // state: active | suspended. quota_bytes: logical bytes of all versions, open parts and bins of its buckets. max_keys: access keys.
  `ALTER TABLE tenant ADD COLUMN state TEXT NOT NULL DEFAULT 'active'`,
  `ALTER TABLE tenant ADD COLUMN quota_bytes INTEGER`,
  `ALTER TABLE tenant ADD COLUMN max_buckets INTEGER`,
  `ALTER TABLE tenant ADD COLUMN max_keys INTEGER`,
  `ALTER TABLE bucket ADD COLUMN quota_bytes INTEGER`,
  `ALTER TABLE bucket ADD COLUMN quota_objects INTEGER`,
  // bytes: the sum of bucket_usage.bytes over the buckets whose owner is of the tenant.
  `CREATE TABLE tenant_usage (
     tenant_id INTEGER PRIMARY KEY REFERENCES tenant (id),
     bytes INTEGER NOT NULL
   ) STRICT`,
  `INSERT INTO tenant_usage (tenant_id, bytes)
   SELECT t.id, coalesce((SELECT sum(s.bytes) FROM iam_user AS o JOIN bucket AS b ON b.owner_id = o.id
     JOIN bucket_usage AS s ON s.bucket_id = b.id WHERE o.tenant_id = t.id), 0) FROM tenant AS t`,
  // Whoever names a tenant or an owner looks for its users and buckets.
  `CREATE INDEX iam_user_by_tenant ON iam_user (tenant_id) WHERE tenant_id IS NOT NULL`,
  // The name of a deleted bucket, kept for the account it belonged to until then.
  `CREATE TABLE held_name (
     name TEXT PRIMARY KEY,
     account_id TEXT NOT NULL,
     until_ms INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX held_name_by_end ON held_name (until_ms)`,
];
