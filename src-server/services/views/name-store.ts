const CHUNK_BYTES = 1024 * 1024;
const CHUNK_BITS = 20;
const FIRST_CAPACITY = 1024;
/** Of one key; a name is never longer. */
const MAX_NAME_BYTES = 1024;

/**
 * Many names in little memory: their UTF-8 bytes one behind the other, six bytes of bookkeeping each. A million strings of
 * JavaScript would be a hundred megabytes that the garbage collector walks over.
 */
export class NameStore {
  readonly #chunks: Buffer[] = [];
  /** Where each name begins: chunk number and offset in it. A name never crosses chunks. */
  #starts = new Uint32Array(FIRST_CAPACITY);
  #lengths = new Uint16Array(FIRST_CAPACITY);
  #used = CHUNK_BYTES;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get memoryBytes(): number {
    return this.#chunks.length * CHUNK_BYTES + this.#starts.byteLength + this.#lengths.byteLength;
  }

  /** At most 4,096 chunks: 4 GiB of names. Throws RangeError beyond. */
  add(name: string): void {
    if (this.#used + MAX_NAME_BYTES > CHUNK_BYTES) this.#addChunk();
    if (this.#count === this.#starts.length) this.#grow();
    const chunk = this.#chunks[this.#chunks.length - 1];
    if (chunk === undefined) throw new Error('a chunk was just added');
    const length = chunk.write(name, this.#used);
    this.#starts[this.#count] = (this.#chunks.length - 1) * CHUNK_BYTES + this.#used;
    this.#lengths[this.#count] = length;
    this.#used += length;
    this.#count += 1;
  }

  /** Throws RangeError for what was never added. */
  at(index: number): string {
    const start = this.#starts[index];
    const length = this.#lengths[index];
    if (index >= this.#count || start === undefined || length === undefined) throw new RangeError(`no name ${index}`);
    const offset = start % CHUNK_BYTES;
    return this.#chunks[start >>> CHUNK_BITS]?.toString('utf8', offset, offset + length) ?? '';
  }

  /** The name's last `bytes` bytes at most, each as one character: enough to tell its ending. */
  tailAt(index: number, bytes: number): string {
    const start = this.#starts[index] ?? 0;
    const length = this.#lengths[index] ?? 0;
    const end = (start % CHUNK_BYTES) + length;
    return this.#chunks[start >>> CHUNK_BITS]?.toString('latin1', end - Math.min(length, bytes), end) ?? '';
  }

  #addChunk(): void {
    if (this.#chunks.length === 2 ** (32 - CHUNK_BITS)) throw new RangeError('more names than a view can hold');
    this.#chunks.push(Buffer.allocUnsafeSlow(CHUNK_BYTES));
    this.#used = 0;
  }

  #grow(): void {
    const starts = new Uint32Array(this.#starts.length * 2);
    starts.set(this.#starts);
    const lengths = new Uint16Array(starts.length);
    lengths.set(this.#lengths);
    this.#starts = starts;
    this.#lengths = lengths;
  }
}
