const SCHEME = 'stowage:';
const PATH_MAX = 2_000;
/** Pages that show something. What changes or reveals something is not among them: a link only navigates. */
const PAGES = /^\/(?:$|buckets|files|shares|transfers|storage|activity|connect|people|settings|account)(?:\/|$)/;

export const DEEP_LINK_SCHEME = 'stowage';

/**
 * The console's path that `stowage://open/files/office/2026/` stands for, query included; undefined for anything else. A link
 * is hostile input: any page on the web may hold one.
 */
export function parseDeepLink(link: string): string | undefined {
  if (link.length > PATH_MAX) return undefined;
  const url = URL.parse(link);
  if (url === null || url.protocol !== SCHEME || url.hostname !== 'open') return undefined;
  if (url.username !== '' || url.password !== '' || url.port !== '') return undefined;
  const path = url.pathname === '' ? '/' : url.pathname;
  if (path.startsWith('//') || path.includes('\\') || !PAGES.test(path)) return undefined;
  return `${path}${url.search}`;
}

/** The first deep link among the arguments of a start, as Windows and Linux hand it over. */
export function deepLinkAmong(args: readonly string[]): string | undefined {
  for (const arg of args) {
    const path = parseDeepLink(arg);
    if (path !== undefined) return path;
  }
  return undefined;
}
