import { createHash } from 'node:crypto';
import type { EndpointAnswer } from '../endpoint.ts';
import { type Html, html, Html as RawHtml } from './html.ts';
import { STYLE } from './style.ts';
import type { ShareTexts } from './texts.ts';
import { UPLOAD_SCRIPT } from './upload-script.ts';

const sourceOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing but the page's own style, its own pictures and media, and forms to itself. A script only where files are sent. */
const POLICY = [
  "default-src 'none'",
  `style-src ${sourceOf(STYLE)}`,
  "img-src 'self'",
  "media-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
const UPLOAD_POLICY = `${POLICY}; script-src ${sourceOf(UPLOAD_SCRIPT)}; connect-src 'self'`;

export interface SharePage {
  readonly status: number;
  readonly title: string;
  readonly body: Html;
  /** A list needs more room than one file. */
  readonly isWide?: boolean;
  readonly hasUploadScript?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One whole page, style and script in it, which asks for nothing else and tells nobody where it was. */
export function answerPage(texts: ShareTexts, page: SharePage): EndpointAnswer {
  const script = page.hasUploadScript === true && html`<script>${new RawHtml(UPLOAD_SCRIPT)}</script>`;
  const document = html`<!doctype html>
<html lang="${texts.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex,nofollow">
<meta name="referrer" content="no-referrer">
<title>${page.title}</title>
<style>${new RawHtml(STYLE)}</style>
</head>
<body>
<main${page.isWide === true && html` class="wide"`}>
<div class="card">
${page.body}
</div>
<footer class="small muted">Stowage</footer>
</main>
${script}
</body>
</html>
`;
  return {
    status: page.status,
    body: document.text,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': page.hasUploadScript === true ? UPLOAD_POLICY : POLICY,
      'x-robots-tag': 'noindex, nofollow',
      vary: 'accept-language, cookie',
      ...page.headers,
    },
  };
}

/** Leads the browser elsewhere on this server. */
export function answerRedirect(location: string, headers: Readonly<Record<string, string>> = {}): EndpointAnswer {
  return { status: 303, body: undefined, headers: { location, 'x-robots-tag': 'noindex, nofollow', ...headers } };
}
