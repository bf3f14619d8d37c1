import { extname } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Context, Middleware, Next } from 'koa';
import { readAssets } from '../../platform/asset-folder.ts';

/** Of the page itself: everything from here, nothing inline, nothing framed; blobs and data are images only. */
export const PAGE_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const PAGE = 'index.html';
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};
const PACKED = new Set(['.html', '.js', '.mjs', '.css', '.svg']);
const NOT_BUILT = 'The console is not built. Run: npm run build\n';
const compress = promisify(gzip);

interface Asset {
  readonly plain: Buffer;
  /** Made at the first request that takes it. */
  packed: Promise<Buffer> | undefined;
}

/**
 * Serves the console app that was built into `folder`: its files, and its page for whatever else a browser opens, because
 * the app has the routes. Stands before the middleware that answers 404; what belongs to the API passes. Reads the
 * files at the first request and keeps them, so that a rebuild never mixes two builds.
 */
export function serveApp(folder: string): Middleware {
  let assets: ReadonlyMap<string, Asset> | undefined;
  return async (ctx: Context, next: Next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next();
    assets ??= new Map([...readAssets(folder)].map(([path, plain]) => [path, { plain, packed: undefined }]));
    const path = ctx.path.slice(1);
    const asset = path === PAGE ? undefined : assets.get(path);
    if (asset !== undefined) return answer(ctx, path, asset);
    if (!wantsPage(ctx)) return next();
    const page = assets.get(PAGE);
    if (page !== undefined) return answer(ctx, PAGE, page);
    ctx.status = 503;
    ctx.type = 'text/plain';
    ctx.body = NOT_BUILT;
  };
}

/** A program that asks for a path we do not have is told so, a person gets the app. */
function wantsPage(ctx: Context): boolean {
  if (ctx.path === '/') return true;
  if (/^\/(api|assets|content|health|metrics|s)(\/|$)/.test(ctx.path)) return false;
  return /\btext\/html\b/.test(ctx.get('accept'));
}

async function answer(ctx: Context, path: string, asset: Asset): Promise<void> {
  const type = extname(path);
  ctx.status = 200;
  ctx.set('content-type', TYPES[type] ?? 'application/octet-stream');
  ctx.set('content-security-policy', PAGE_POLICY);
  ctx.set('vary', 'accept-encoding');
  // The name of an asset holds a hash of its content; the page names the assets and must be asked for again.
  ctx.set('cache-control', path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (PACKED.has(type) && ctx.acceptsEncodings('gzip', 'identity') === 'gzip') {
    asset.packed ??= compress(asset.plain, { level: 9 });
    ctx.set('content-encoding', 'gzip');
    ctx.body = await asset.packed;
  } else {
    ctx.body = asset.plain;
  }
}
