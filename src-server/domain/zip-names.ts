import { createHash } from 'node:crypto';

/** What an entry is called, and what it is. */
export interface SafeName {
  /** `/` between folders, at the end of a folder's name. */
  readonly name: string;
  readonly isFolder: boolean;
  /** False where a reader of the archive finds the object under its own name. */
  readonly isChanged: boolean;
}

/** No file system takes longer names; room is left for a number. */
const MAX_PART_BYTES = 240;
/** Control characters, and what Windows or an unwary program takes for something else than a character of a name. */
const UNSAFE = /[\p{Cc}<>:"|?*\\]/gu;
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

interface OpenFolder {
  /** As the key has it. */
  readonly part: string;
  /** Of the archive, with `/` at its end. */
  readonly path: string;
}

/**
 * Gives each object a name under which it can be unpacked anywhere: relative, without `..` or empty parts, without
 * characters that systems refuse, and different from all others, also where letter case or accents are not told apart.
 * Names come in key order, so that what is in one folder comes together; the same keys always get the same names. Keeps
 * eight bytes an entry.
 */
export class SafeNames {
  readonly #taken = new HashSet();
  #folders: OpenFolder[] = [];

  /** @param path the key without what all keys of the archive have in common; not empty */
  next(path: string, sizeBytes: number): SafeName {
    const parts = path.split('/');
    const last = parts.pop() ?? '';
    const isMarker = last === '' && parts.length > 0;
    const folder = this.#enter(parts);
    if (isMarker && sizeBytes === 0) return { name: folder, isFolder: true, isChanged: folder !== path };
    const name = folder + this.#claim(folder, last);
    return { name, isFolder: false, isChanged: name !== path };
  }

  #enter(parts: readonly string[]): string {
    let depth = 0;
    while (depth < parts.length && this.#folders[depth]?.part === parts[depth]) depth += 1;
    this.#folders = this.#folders.slice(0, depth);
    for (const part of parts.slice(depth)) {
      const parent = this.#folders.at(-1)?.path ?? '';
      this.#folders.push({ part, path: `${parent}${this.#claim(parent, part)}/` });
    }
    return this.#folders.at(-1)?.path ?? '';
  }

  #claim(folder: string, part: string): string {
    const safe = safePart(part);
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? safe : numbered(safe, number);
      if (this.#taken.add(`${folder}${name}`.normalize('NFC').toLowerCase())) return name;
    }
  }
}

function safePart(part: string): string {
  const plain = part.replace(UNSAFE, '_').replace(/[. ]+$/, (end) => '_'.repeat(end.length));
  if (plain === '') return '_';
  return shortened(DEVICE.test(plain) ? `_${plain}` : plain);
}

/** Cuts a name to what file systems take, its ending kept. */
function shortened(part: string): string {
  if (Buffer.byteLength(part) <= MAX_PART_BYTES) return part;
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(part)?.[0] ?? '';
  let room = MAX_PART_BYTES - ending.length;
  let kept = '';
  for (const character of part) {
    room -= Buffer.byteLength(character);
    if (room < 0) break;
    kept += character;
  }
  return kept + ending;
}

/** `report.pdf` -> `report (2).pdf` */
function numbered(name: string, number: number): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? `${name} (${number})` : `${name.slice(0, dot)} (${number})${name.slice(dot)}`;
}

const START_SLOTS = 1024;

/** Texts by 53 bits of their SHA-1, in one array: a million cost 16 MB. Two texts taken for one cost a number in a name. */
class HashSet {
  #slots = new Float64Array(START_SLOTS);
  #count = 0;

  /** False where the text was there already. */
  add(text: string): boolean {
    const digest = createHash('sha1').update(text).digest();
    // 0 is an empty slot.
    const hash = (digest.readUInt32LE(0) & 0x1fffff) * 2 ** 32 + digest.readUInt32LE(4) || 1;
    if (!insert(this.#slots, hash)) return false;
    this.#count += 1;
    if (this.#count * 2 > this.#slots.length) this.#grow();
    return true;
  }

  #grow(): void {
    const wider = new Float64Array(this.#slots.length * 2);
    for (const hash of this.#slots) if (hash !== 0) insert(wider, hash);
    this.#slots = wider;
  }
}

function insert(slots: Float64Array, hash: number): boolean {
  let at = hash % slots.length;
  for (;;) {
    const there = slots[at];
    if (there === hash) return false;
    if (there === 0) {
      slots[at] = hash;
      return true;
    }
    at = (at + 1) % slots.length;
  }
}
