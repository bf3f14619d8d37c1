/** What a camera wrote into a picture; what it did not is undefined. */
export interface ExifFacts {
  readonly camera: string | undefined;
  /** As it is written: `2026:03:14 15:09:26`, in the camera's zone. */
  readonly taken: string | undefined;
  readonly exposureSeconds: number | undefined;
  readonly aperture: number | undefined;
  readonly iso: number | undefined;
  readonly focalLengthMm: number | undefined;
  /** Degrees, north and east positive. */
  readonly position: { readonly latitude: number; readonly longitude: number } | undefined;
}

type Value = string | readonly number[];
type Tags = ReadonlyMap<number, Value>;

/** Bytes of one value, by its type (TIFF 6.0, "Image File Directory"). */
const SIZES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8 };
const MAX_VALUES = 64;

/** Reads the EXIF part of a JPEG's first bytes (CIPA DC-008). Undefined where there is none or it is broken. */
export function readExif(bytes: Uint8Array): ExifFacts | undefined {
  try {
    const tiff = findTiff(bytes);
    return tiff === undefined ? undefined : factsOf(tiff);
  } catch (error) {
    // Every offset in it may lead anywhere.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function findTiff(bytes: Uint8Array): DataView | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 10 < view.byteLength && view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    const isExif = view.getUint8(at + 1) === 0xe1 && view.getUint32(at + 4) === 0x45786966;
    if (isExif) return new DataView(bytes.buffer, bytes.byteOffset + at + 10, view.getUint16(at + 2) - 8);
    // The picture begins: nothing of it follows.
    if (view.getUint8(at + 1) === 0xda) return undefined;
  }
  return undefined;
}

function factsOf(tiff: DataView): ExifFacts {
  const little = tiff.getUint16(0) === 0x4949;
  const main = readDirectory(tiff, tiff.getUint32(4, little), little);
  const exif = directoryAt(tiff, main.get(0x8769), little);
  const gps = directoryAt(tiff, main.get(0x8825), little);
  const camera = [textOf(main, 0x010f), textOf(main, 0x0110)].filter((part) => part !== undefined).join(' ');
  return {
    camera: camera === '' ? undefined : camera,
    taken: textOf(exif, 0x9003) ?? textOf(main, 0x0132),
    exposureSeconds: numberOf(exif, 0x829a),
    aperture: numberOf(exif, 0x829d),
    iso: numberOf(exif, 0x8827),
    focalLengthMm: numberOf(exif, 0x920a),
    position: positionOf(gps),
  };
}

function directoryAt(tiff: DataView, offset: Value | undefined, little: boolean): Tags {
  const at = typeof offset === 'string' ? undefined : offset?.[0];
  return at === undefined ? new Map() : readDirectory(tiff, at, little);
}

function readDirectory(tiff: DataView, start: number, little: boolean): Tags {
  const tags = new Map<number, Value>();
  const count = tiff.getUint16(start, little);
  for (let index = 0; index < count; index += 1) {
    const at = start + 2 + index * 12;
    const type = tiff.getUint16(at + 2, little);
    const values = tiff.getUint32(at + 4, little);
    const size = SIZES[type];
    if (size === undefined || values === 0 || (type !== 2 && values > MAX_VALUES)) continue;
    const place = size * values <= 4 ? at + 8 : tiff.getUint32(at + 8, little);
    tags.set(tiff.getUint16(at, little), readValue(tiff, { place, type, values, size, little }));
  }
  return tags;
}

interface ValuePlace {
  readonly place: number;
  readonly type: number;
  readonly values: number;
  readonly size: number;
  readonly little: boolean;
}

function readValue(tiff: DataView, { place, type, values, size, little }: ValuePlace): Value {
  if (type === 2) {
    const length = Math.min(values, 200);
    const bytes = new Uint8Array(tiff.buffer, tiff.byteOffset + place, length);
    return new TextDecoder().decode(bytes).split('\0')[0]?.trim() ?? '';
  }
  return Array.from({ length: values }, (_, index) => readNumber(tiff, place + index * size, type, little));
}

function readNumber(tiff: DataView, at: number, type: number, little: boolean): number {
  switch (type) {
    case 3:
      return tiff.getUint16(at, little);
    case 4:
      return tiff.getUint32(at, little);
    case 5:
      return tiff.getUint32(at, little) / tiff.getUint32(at + 4, little);
    case 9:
      return tiff.getInt32(at, little);
    case 10:
      return tiff.getInt32(at, little) / tiff.getInt32(at + 4, little);
    default:
      return tiff.getUint8(at);
  }
}

function textOf(tags: Tags, tag: number): string | undefined {
  const value = tags.get(tag);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function numberOf(tags: Tags, tag: number): number | undefined {
  const value = tags.get(tag);
  const number = typeof value === 'string' ? undefined : value?.[0];
  return number !== undefined && Number.isFinite(number) ? number : undefined;
}

function positionOf(gps: Tags): ExifFacts['position'] {
  const latitude = degreesOf(gps.get(2), textOf(gps, 1) === 'S');
  const longitude = degreesOf(gps.get(4), textOf(gps, 3) === 'W');
  return latitude === undefined || longitude === undefined ? undefined : { latitude, longitude };
}

function degreesOf(value: Value | undefined, isNegative: boolean): number | undefined {
  if (value === undefined || typeof value === 'string') return undefined;
  const [degrees = Number.NaN, minutes = 0, seconds = 0] = value;
  const sum = degrees + minutes / 60 + seconds / 3600;
  return Number.isFinite(sum) ? (isNegative ? -sum : sum) : undefined;
}
