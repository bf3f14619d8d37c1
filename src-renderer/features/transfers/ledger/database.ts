const NAME = 'stowage-transfers';
const VERSION = 1;
export const RECORDS = 'records';
export const PARTS = 'parts';
export const ROOTS = 'roots';

/** Opens the browser's database of unfinished transfers. Rejects where the browser keeps none (private windows). */
export function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(RECORDS, { keyPath: 'id' });
      request.result.createObjectStore(PARTS);
      request.result.createObjectStore(ROOTS, { keyPath: 'id' });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Runs `work` on stores and resolves when all of it is kept. */
export function write(
  database: IDBDatabase,
  stores: readonly string[],
  work: (transaction: IDBTransaction) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction([...stores], 'readwrite');
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
    work(transaction);
  });
}

/** Everything of a store, with the keys. */
export function readAll(database: IDBDatabase, store: string): Promise<{ keys: IDBValidKey[]; values: unknown[] }> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, 'readonly');
    const keys = transaction.objectStore(store).getAllKeys();
    const values = transaction.objectStore(store).getAll();
    transaction.oncomplete = () => resolve({ keys: keys.result, values: values.result });
    transaction.onerror = () => reject(transaction.error);
  });
}
