import { findOfflineDisks } from '../../app/offline-install.ts';
import { openStorage } from '../../app/open-storage.ts';
import { resetRootKey as reset } from '../../services/access/reset-root-key.ts';
import { EXIT } from '../exit-code.ts';
import type { OfflineCommand } from '../ports.ts';

/** `stowage root-key reset`: gives root a new key and ends its old ones. Server stopped; the key is shown once. */
export const resetRootKey: OfflineCommand = async (config, { log, print }) => {
  // Where there is no install, none is made.
  await findOfflineDisks(config);
  await using stack = new AsyncDisposableStack();
  const die = (cause: unknown): void => log.fatal({ err: cause }, 'the engine stopped');
  const storage = await openStorage(config, { log, die }, stack);
  const thread = storage.openThread(config);
  stack.defer(() => thread.close());
  const key = await reset(thread.context);
  print(`access key id      ${key.accessKeyId}`);
  print(`secret access key  ${key.secretAccessKey}`);
  return EXIT.ok;
};
