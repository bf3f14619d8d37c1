const NAME = 'stowage-transfers';
const VERSION = 2;
export const RECORDS = 'records';
export const PARTS = 'parts';
export const ROOTS = 'roots';
export const DROPS = 'drops';

/** Opens the browser's database of unfinished transfers. Rejects where the browser keeps none (private windows). */
export function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const database = request.result;
      const isThere = (name: string) => database.objectStoreNames.contains(name);
      for (const name of [RECORDS, ROOTS, DROPS]) {
        if (!isThere(name)) database.createObjectStore(name, { keyPath: 'id' });
      }
      if (!isThere(PARTS)) database.createObjectStore(PARTS);
    };
    request.onsuccess = () => {
      // A page of a later version need not wait for this one.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onblocked = () => reject(new Error('another page holds an older database'));
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
    // A page that closes now is not told of the requests any more, and would not commit by itself.
    transaction.commit();
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
