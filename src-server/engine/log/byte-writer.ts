const INITIAL_BYTES = 64 * 1024;
/** A buffer that one large record made grow past this is given back; every batch of full frames fits in. */
const KEEP_BYTES = 8 * 1024 * 1024;
/** From this length on: `set` copies out of shared memory word by word, at half the speed of `copy`. */
const COPY_BYTES_MIN = 16 * 1024;
const VARINT_MASK = 0x7f;
const VARINT_MORE = 0x80;

/** A buffer that grows and is used again for batch after batch. */
export class ByteWriter {
  #bytes: Buffer = Buffer.allocUnsafeSlow(INITIAL_BYTES);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** A view of what was written; valid until the next write. */
  view(start = 0, end: number = this.#length): Buffer {
    return this.#bytes.subarray(start, end);
  }

  /** Forgets everything past `length`. */
  truncate(length: number): void {
    this.#length = length;
    if (length === 0 && this.#bytes.length > KEEP_BYTES) this.#bytes = Buffer.allocUnsafeSlow(INITIAL_BYTES);
  }

  u8(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  /** LEB128 of a non-negative safe integer. */
  varint(value: number): void {
    this.#reserve(8);
    let rest = value;
    while (rest > VARINT_MASK) {
      this.#bytes[this.#length] = (rest % VARINT_MORE) | VARINT_MORE;
      this.#length += 1;
      rest = Math.floor(rest / VARINT_MORE);
    }
    this.#bytes[this.#length] = rest;
    this.#length += 1;
  }

  float64(value: number): void {
    this.#reserve(8);
    this.#bytes.writeDoubleLE(value, this.#length);
    this.#length += 8;
  }

  /** @throws RangeError outside of 64 bits, as the driver would */
  int64(value: bigint): void {
    this.#reserve(8);
    this.#bytes.writeBigInt64LE(value, this.#length);
    this.#length += 8;
  }

  /** Length as varint, then UTF-8. */
  text(value: string): void {
    const size = Buffer.byteLength(value);
    this.varint(size);
    this.#reserve(size);
    this.#bytes.write(value, this.#length, 'utf8');
    this.#length += size;
  }

  /** Length as varint, then the bytes, copied. */
  blob(value: Uint8Array): void {
    this.varint(value.length);
    this.bytes(value);
  }

  bytes(value: Uint8Array): void {
    this.#reserve(value.length);
    if (value.length < COPY_BYTES_MIN) this.#bytes.set(value, this.#length);
    else Buffer.from(value.buffer, value.byteOffset, value.length).copy(this.#bytes, this.#length);
    this.#length += value.length;
  }

  /** Appends `count` zero bytes and answers a view of them, valid until the next write. */
  zeros(count: number): Buffer {
    this.#reserve(count);
    const start = this.#length;
    this.#length += count;
    return this.#bytes.subarray(start, this.#length).fill(0);
  }

  /** Zero bytes up to the next multiple of `alignment`. */
  align(alignment: number): void {
    const over = this.#length % alignment;
    if (over !== 0) this.zeros(alignment - over);
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}
