interface ListedEntry {
  readonly name: string;
  readonly sizeBytes: number;
  readonly isFolder: boolean;
}

interface ZipListing {
  readonly entries: readonly ListedEntry[];
  /** Of the whole archive; `entries` may be fewer. */
  readonly count: number;
}

/** Bytes [start, end) of the archive. */
type ReadBytes = (start: number, end: number) => Promise<Uint8Array>;

const END_BYTES = 22;
const MAX_COMMENT_BYTES = 65_535;
const LOCATOR_BYTES = 20;
const MAX_DIRECTORY_BYTES = 4 * 1024 * 1024;
const MAX_ENTRIES = 5000;

/** Thrown for what is no ZIP file, or a broken one. */
export class NoZip extends Error {
  override readonly name = 'NoZip';
}

/** Reads what is in a ZIP file from its end (APPNOTE.TXT 4.3.12 to 4.3.16), ZIP64 too; never its content. Throws NoZip. */
export async function readZipListing(read: ReadBytes, sizeBytes: number): Promise<ZipListing> {
  const from = Math.max(0, sizeBytes - END_BYTES - MAX_COMMENT_BYTES - LOCATOR_BYTES);
  const tail = viewOf(await read(from, sizeBytes));
  const end = findEnd(tail);
  if (end === undefined) throw new NoZip('no end record');
  const place = await placeOf(read, tail, end, from);
  if (place.offset + place.length > sizeBytes) throw new NoZip('the directory is not in the file');
  const directory = await read(place.offset, place.offset + Math.min(place.length, MAX_DIRECTORY_BYTES));
  return { entries: entriesOf(directory), count: place.count };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function findEnd(tail: DataView): number | undefined {
  for (let at = tail.byteLength - END_BYTES; at >= 0; at -= 1) {
    if (tail.getUint32(at, true) === 0x06054b50) return at;
  }
  return undefined;
}

interface DirectoryPlace {
  readonly count: number;
  readonly offset: number;
  readonly length: number;
}

async function placeOf(read: ReadBytes, tail: DataView, end: number, from: number): Promise<DirectoryPlace> {
  const place = {
    count: tail.getUint16(end + 10, true),
    length: tail.getUint32(end + 12, true),
    offset: tail.getUint32(end + 16, true),
  };
  const locator = end - LOCATOR_BYTES;
  if (locator < 0 || tail.getUint32(locator, true) !== 0x07064b50) return place;
  const at = Number(tail.getBigUint64(locator + 8, true));
  if (at + 56 > from + tail.byteLength) throw new NoZip('the ZIP64 record is not in the file');
  const wide = viewOf(await read(at, at + 56));
  if (wide.byteLength < 56 || wide.getUint32(0, true) !== 0x06064b50) throw new NoZip('no ZIP64 record');
  return {
    count: Number(wide.getBigUint64(32, true)),
    length: Number(wide.getBigUint64(40, true)),
    offset: Number(wide.getBigUint64(48, true)),
  };
}

function entriesOf(directory: Uint8Array): ListedEntry[] {
  const view = viewOf(directory);
  const entries: ListedEntry[] = [];
  for (let at = 0; at + 46 <= view.byteLength && entries.length < MAX_ENTRIES; ) {
    if (view.getUint32(at, true) !== 0x02014b50) throw new NoZip('the directory is broken');
    const nameEnd = at + 46 + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    if (extraEnd > view.byteLength) break;
    const name = new TextDecoder().decode(directory.subarray(at + 46, nameEnd));
    const size = view.getUint32(at + 24, true);
    const sizeBytes = size === 0xffffffff ? largeSize(view, nameEnd, extraEnd) : size;
    entries.push({ name, sizeBytes, isFolder: name.endsWith('/') });
    at = extraEnd + view.getUint16(at + 32, true);
  }
  return entries;
}

/** The first number of the ZIP64 extra field. */
function largeSize(view: DataView, from: number, end: number): number {
  for (let at = from; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) === 1 && at + 12 <= end) return Number(view.getBigUint64(at + 4, true));
  }
  return 0;
}
