import { create } from 'zustand';
import { toast } from '../../components/toast.tsx';
import { errorText } from '../../lib/error-text.ts';
import type { Target } from './finder.ts';
import { mayHaveTransfers } from './ledger/flag.ts';
import type { TransferSession } from './session.ts';
import { type DroppedItem, takeDropped } from './sources/dropped-items.ts';
import type { Given } from './sources/origins.ts';

/**
 * What every page carries of the transfers; the engine comes with the first file, or where an earlier visit left something.
 */
export const useTransfers = create<{ readonly session: TransferSession | undefined }>(() => ({ session: undefined }));

let opening: Promise<TransferSession> | undefined;
let user: string | undefined;

/** Somebody signed in: goes on with what that person's earlier visit left. */
export async function startTransfers(userName: string): Promise<void> {
  if (user !== undefined && user !== userName) await stopTransfers();
  user = userName;
  if (opening !== undefined) (await opening).engine.tryNow();
  else if (mayHaveTransfers()) await openTransfers();
}

/** Nobody is signed in any more, on purpose: stops, and keeps what is unfinished for the next visit. */
async function stopTransfers(): Promise<void> {
  const closing = opening;
  opening = undefined;
  user = undefined;
  useTransfers.setState({ session: undefined });
  await (await closing)?.close();
}

/** Takes in what was dropped. Call while the event lasts. */
export function uploadDropped(data: DataTransfer, target: Target): void {
  const items: DroppedItem[] = takeDropped(data);
  void upload({ kind: 'dropped', items }, target);
}

/** Takes in what was chosen; resolves when all of it was found. */
export async function upload(given: Given, target: Target): Promise<void> {
  try {
    await (await openTransfers()).add(given, target);
  } catch (error) {
    toast('error', errorText(error));
  }
}

function openTransfers(): Promise<TransferSession> {
  const name = user ?? '';
  opening ??= import('./session.ts').then(async ({ openSession }) => {
    const session = await openSession(name);
    if (user === name) useTransfers.setState({ session });
    return session;
  });
  // What cannot be loaded now may be with the next file.
  opening.catch(() => {
    opening = undefined;
  });
  return opening;
}
