import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { hashRaw } from '@node-rs/argon2';

/*
 * Layout (big-endian): magic (8) · format (1) · argon2id memory KiB (4) · passes (4) · lanes (4) · salt (16) · nonce (12) ·
 * AES-256-GCM of the brotli-compressed body · tag (16). All before the sealed bytes is authenticated with them.
 */

const MAGIC = Buffer.from('STOWCONF', 'latin1');
const FORMAT = 1;
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const PARAMETERS_AT = MAGIC.length + 1;
const SALT_AT = PARAMETERS_AT + 12;
const NONCE_AT = SALT_AT + SALT_BYTES;
const HEAD_BYTES = NONCE_AT + NONCE_BYTES;

/** As strong as for passwords of the console; a file may be tried offline for years, so its passphrase has a minimum length. */
const WRITTEN: Parameters = { memoryKib: 64 * 1024, passes: 3, lanes: 1 };
/** What a reader is willing to spend on a file that it does not know yet. */
const MOST: Parameters = { memoryKib: 256 * 1024, passes: 10, lanes: 4 };

/** Of a whole file, and of what it holds once unpacked. */
export const MAX_FILE_BYTES = 8 * 1024 ** 2;
const MAX_BODY_BYTES = 64 * 1024 ** 2;

interface Parameters {
  readonly memoryKib: number;
  readonly passes: number;
  readonly lanes: number;
}

/**
 * Why a file cannot be read. `foreign`: no configuration file; `newer`: of a newer release; `locked`: the passphrase is wrong
 * or the file was damaged, which nobody can tell apart; `too-large`: more than any configuration.
 */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
  readonly why: 'foreign' | 'newer' | 'locked' | 'too-large';

  constructor(why: UnreadableFile['why']) {
    super(`a configuration file cannot be read: ${why}`);
    this.why = why;
  }
}

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** Seals a body under a passphrase. Throws UnreadableFile where the file would be too large to be read again. */
export async function sealFile(body: Buffer, passphrase: string): Promise<Buffer> {
  if (body.length > MAX_BODY_BYTES) throw new UnreadableFile('too-large');
  const head = Buffer.alloc(HEAD_BYTES);
  MAGIC.copy(head);
  head.writeUInt8(FORMAT, MAGIC.length);
  head.writeUInt32BE(WRITTEN.memoryKib, PARAMETERS_AT);
  head.writeUInt32BE(WRITTEN.passes, PARAMETERS_AT + 4);
  head.writeUInt32BE(WRITTEN.lanes, PARAMETERS_AT + 8);
  randomBytes(SALT_BYTES + NONCE_BYTES).copy(head, SALT_AT);
  const packed = await compress(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } });
  const cipher = createCipheriv('aes-256-gcm', await keyOf(head, passphrase, WRITTEN), head.subarray(NONCE_AT));
  cipher.setAAD(head);
  const file = Buffer.concat([head, cipher.update(packed), cipher.final(), cipher.getAuthTag()]);
  if (file.length > MAX_FILE_BYTES) throw new UnreadableFile('too-large');
  return file;
}

/** The body of a file that `sealFile` made. Throws UnreadableFile. */
export async function openFile(file: Buffer, passphrase: string): Promise<Buffer> {
  if (file.length > MAX_FILE_BYTES) throw new UnreadableFile('too-large');
  if (!file.subarray(0, MAGIC.length).equals(MAGIC)) throw new UnreadableFile('foreign');
  if (file.length < HEAD_BYTES + TAG_BYTES) throw new UnreadableFile('locked');
  if (file.readUInt8(MAGIC.length) !== FORMAT) throw new UnreadableFile('newer');
  const head = file.subarray(0, HEAD_BYTES);
  const parameters = parametersOf(head);
  const decipher = createDecipheriv('aes-256-gcm', await keyOf(head, passphrase, parameters), head.subarray(NONCE_AT), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(head);
  decipher.setAuthTag(file.subarray(-TAG_BYTES));
  const packed = decipher.update(file.subarray(HEAD_BYTES, -TAG_BYTES));
  try {
    decipher.final();
  } catch {
    throw new UnreadableFile('locked');
  }
  return unpack(packed);
}

async function unpack(packed: Buffer): Promise<Buffer> {
  try {
    return await decompress(packed, { maxOutputLength: MAX_BODY_BYTES });
  } catch {
    throw new UnreadableFile('too-large');
  }
}

/** What a damaged or hostile file asks for beyond all measure is never spent. */
function parametersOf(head: Buffer): Parameters {
  const parameters = {
    memoryKib: head.readUInt32BE(PARAMETERS_AT),
    passes: head.readUInt32BE(PARAMETERS_AT + 4),
    lanes: head.readUInt32BE(PARAMETERS_AT + 8),
  };
  const { memoryKib, passes, lanes } = parameters;
  const isSane =
    lanes >= 1 && lanes <= MOST.lanes && passes >= 1 && passes <= MOST.passes && memoryKib <= MOST.memoryKib;
  if (!isSane || memoryKib < WRITTEN.memoryKib) throw new UnreadableFile('locked');
  return parameters;
}

/** Runs off this thread. The passphrase in NFC, so that two keyboards give one key. */
function keyOf(head: Buffer, passphrase: string, { memoryKib, passes, lanes }: Parameters): Promise<Buffer> {
  return hashRaw(passphrase.normalize('NFC'), {
    memoryCost: memoryKib,
    timeCost: passes,
    parallelism: lanes,
    outputLen: KEY_BYTES,
    salt: head.subarray(SALT_AT, NONCE_AT),
  });
}
