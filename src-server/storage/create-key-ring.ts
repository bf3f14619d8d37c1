import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import type { DataKey } from './body-store.ts';
import { type KeyRing, WrongMasterKey } from './key-ring.ts';

/*
 * Envelope 1: version (1), name of the wrapping key (4), salt (16), sealed bytes, tag (16). Each envelope has its own
 * AES-256-GCM key, HKDF(use key, salt), so that no nonce can ever meet its key again. Additional data: label and context.
 */

const VERSION = 1;
const NAME_BYTES = 4;
const SALT_BYTES = 16;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NAME_BYTES + SALT_BYTES;
const DATA_KEY_BYTES = 32;
const OPENED_KEYS_MAX = 256;
const ZERO_NONCE = Buffer.alloc(12);

/** One use of the master key: nothing sealed for one use opens under another. */
const USES = { dataKey: 'stowage data key wrap 1', secret: 'stowage access key secret 1' } as const;

/** The key ring of a 32-byte master key. */
export function createKeyRing(masterKey: Uint8Array): KeyRing {
  const dataKeys = new Sealer(masterKey, USES.dataKey);
  const secrets = new Sealer(masterKey, USES.secret);
  const opened = new OpenedKeys(dataKeys);
  return {
    newDataKey: () => {
      const plain = randomBytes(DATA_KEY_BYTES);
      return { plain, envelope: dataKeys.seal(plain, '') };
    },
    openDataKey: (envelope) => opened.get(envelope),
    sealSecret: (secret, context) => secrets.seal(Buffer.from(secret, 'utf8'), context),
    openSecret: (sealed, context) => secrets.open(sealed, context).toString('utf8'),
  };
}

/**
 * Data keys that were opened lately: ranges of one object and parts of one upload ask for the same again and again. They are
 * in no more danger here than the master key beside them.
 */
class OpenedKeys {
  readonly #sealer: Sealer;
  readonly #keys = new Map<string, DataKey>();

  constructor(sealer: Sealer) {
    this.#sealer = sealer;
  }

  get(envelope: Uint8Array): DataKey {
    const name = Buffer.from(envelope.buffer, envelope.byteOffset, envelope.byteLength).toString('latin1');
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    const key = { plain: this.#sealer.open(envelope, ''), envelope };
    const oldest = this.#keys.size < OPENED_KEYS_MAX ? undefined : this.#keys.keys().next().value;
    if (oldest !== undefined) this.#keys.delete(oldest);
    this.#keys.set(name, key);
    return key;
  }
}

class Sealer {
  readonly #label: string;
  readonly #key: KeyObject;
  /** Tells a wrong master key from damage, without saying anything about the key. */
  readonly #name: Buffer;

  constructor(masterKey: Uint8Array, label: string) {
    this.#label = label;
    this.#key = createSecretKey(Buffer.from(hkdfSync('sha256', masterKey, '', label, 32)));
    this.#name = createHmac('sha256', this.#key).update('name').digest().subarray(0, NAME_BYTES);
  }

  seal(plain: Uint8Array, context: string): Buffer {
    const salt = randomBytes(SALT_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#envelopeKey(salt), ZERO_NONCE);
    cipher.setAAD(this.#additional(context));
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([Buffer.of(VERSION), this.#name, salt, sealed, cipher.getAuthTag()]);
  }

  open(envelope: Uint8Array, context: string): Buffer {
    const bytes = Buffer.from(envelope.buffer, envelope.byteOffset, envelope.byteLength);
    if (bytes.length < HEAD_BYTES + TAG_BYTES || bytes[0] !== VERSION) throw new WrongMasterKey('not a sealed value');
    if (!bytes.subarray(1, 1 + NAME_BYTES).equals(this.#name)) {
      throw new WrongMasterKey('sealed under another master key');
    }
    const salt = bytes.subarray(1 + NAME_BYTES, HEAD_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.#envelopeKey(salt), ZERO_NONCE);
    decipher.setAAD(this.#additional(context));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    const plain = decipher.update(bytes.subarray(HEAD_BYTES, -TAG_BYTES));
    try {
      decipher.final();
    } catch {
      // OpenSSL says only that authentication failed.
      throw new WrongMasterKey('the sealed value was altered, or belongs to another name');
    }
    return plain;
  }

  #envelopeKey(salt: Uint8Array): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#key, salt, this.#label, 32));
  }

  #additional(context: string): Buffer {
    return Buffer.from(`${this.#label}\0${context}`, 'utf8');
  }
}
