import { formatMasterKey, parseMasterKey } from './master-key-text.ts';

/** What a recovery kit says. The key is absent where the operator keeps it in a place of their own. */
export interface RecoveryKit {
  readonly installId: string;
  readonly masterKey: Uint8Array | undefined;
  /** Where the key is kept, when it is not in the kit. */
  readonly keptAt?: string;
}

const INSTALL_LINE = /^Install: +([0-9a-f-]{36})$/m;
const KEY_LINE = /^Master key: +([0-9A-Za-z -]+)$/m;

/** The text to print and lock away. */
export function formatRecoveryKit(kit: RecoveryKit): string {
  const key =
    kit.masterKey === undefined
      ? `The master key is not in this kit: it is kept at ${kit.keptAt ?? 'a place of your own'}. Store a copy of it with this page.`
      : `Master key:  ${formatMasterKey(kit.masterKey)}`;
  return `Stowage recovery kit
====================

Install:     ${kit.installId}
${key}

Print this page or store it away from this machine, then delete the file.
Who has the master key and the disks can read everything on them.

What it is for: objects stored with encryption, and the secrets of access keys, are sealed with this
key. Without it, when the machine and its data folder are lost, the disks still give back every other
object, but those not.

To recover on a new machine:
 1. Save the key, as printed above, in a file that only you can read.
 2. Start the server with that file: STOWAGE_MASTER_KEY_FILE=/path/to/file, the same disks, and a new,
    empty data folder; first run: stowage rebuild-catalogue
The key may be typed in capital or small letters; O counts as 0, I and L as 1. A mistyped key is noticed.
`;
}

/** Reads a kit back. Undefined where the text is none, or its key was mistyped. */
export function parseRecoveryKit(text: string): RecoveryKit | undefined {
  const installId = INSTALL_LINE.exec(text)?.[1];
  if (installId === undefined) return undefined;
  const keyText = KEY_LINE.exec(text)?.[1];
  if (keyText === undefined) return { installId, masterKey: undefined };
  const masterKey = parseMasterKey(keyText);
  return masterKey && { installId, masterKey };
}
