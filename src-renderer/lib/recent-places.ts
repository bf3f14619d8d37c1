import * as z from 'zod';

/** A folder that was open in this browser. */
interface RecentPlace {
  readonly href: string;
  readonly bucket: string;
  /** `bucket / folder`. */
  readonly label: string;
}

const STORED = 'stowage.recent';
const KEPT = 6;
const storedSchema = z.array(z.string().startsWith('/files/')).catch([]);

/** Remembers, in this browser only, that a folder was open. Other addresses are ignored. */
export function rememberPlace(pathname: string): void {
  if (placeOf(pathname) === undefined) return;
  const others = stored().filter((href) => href !== pathname);
  localStorage.setItem(STORED, JSON.stringify([pathname, ...others].slice(0, KEPT)));
}

/** The folders that were open last, newest first. */
export function recentPlaces(): RecentPlace[] {
  return stored().flatMap((href) => placeOf(href) ?? []);
}

function stored(): string[] {
  try {
    return storedSchema.parse(JSON.parse(localStorage.getItem(STORED) ?? '[]'));
  } catch {
    return [];
  }
}

function placeOf(pathname: string): RecentPlace | undefined {
  if (!pathname.startsWith('/files/')) return undefined;
  try {
    const parts = pathname
      .slice('/files/'.length)
      .split('/')
      .map(decodeURIComponent)
      .filter((part) => part !== '');
    const bucket = parts[0];
    return bucket === undefined ? undefined : { href: pathname, bucket, label: parts.join(' / ') };
  } catch {
    return undefined;
  }
}
