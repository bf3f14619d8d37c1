import { UnreadableFile } from '../services/configuration/sealed-file.ts';
import { ConsoleError } from './endpoint.ts';

const ANSWERS: Readonly<Record<UnreadableFile['why'], readonly [code: string, message: string]>> = {
  foreign: ['ForeignFile', 'this is no configuration file of Stowage'],
  newer: ['NewerFile', 'the file was written by a newer release of Stowage, or not by Stowage at all'],
  locked: ['LockedFile', 'the passphrase is wrong, or the file was damaged'],
  'too-large': ['LargeFile', 'the file is larger than a configuration can be'],
};

/** Runs `work`; a configuration file that cannot be read becomes one sentence. */
export async function withFileErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const [code, message] = ANSWERS[error.why];
    throw new ConsoleError(400, code, message);
  }
}
