import type { ReadTx, WriteTx } from '../tx.ts';

/** The JSON text stored under a name, or undefined. */
export async function findSetting(tx: ReadTx, name: string): Promise<string | undefined> {
  const row = await tx.get<{ value: string }>('SELECT value FROM setting WHERE name = ?', name);
  return row?.value;
}

/** Settings whose names start with an ASCII prefix, by name. */
export async function listSettings(tx: ReadTx, prefix: string): Promise<{ name: string; value: string }[]> {
  return tx.all<{ name: string; value: string }>(
    'SELECT name, value FROM setting WHERE name >= ? AND name < ? ORDER BY name',
    prefix,
    `${prefix}\u{10FFFF}`,
  );
}

/** Stores JSON text under a name, over what was there. */
export async function putSetting(tx: WriteTx, name: string, value: string): Promise<void> {
  await tx.run(
    'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    name,
    value,
  );
}

/** Removes a setting; true if there was one. */
export async function deleteSetting(tx: WriteTx, name: string): Promise<boolean> {
  return (await tx.run('DELETE FROM setting WHERE name = ?', name)) > 0;
}
