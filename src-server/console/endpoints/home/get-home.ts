import { getHome } from '../../../contract/home.ts';
import type { Endpoint } from '../../endpoint.ts';

export const getHomeEndpoint: Endpoint = {
  route: getHome,
  handle: async (context, facts) => ({
    status: 200,
    body: homePage({ version: facts.version, s3Url: facts.s3Url, region: context.config.region }),
    headers: { 'content-type': 'text/html; charset=utf-8' },
  }),
};

/** A page without script or style, because the console itself is not part of this version. */
function homePage(shown: { readonly version: string; readonly s3Url: string; readonly region: string }): string {
  const { version, s3Url, region } = shown;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Stowage</title><meta name="viewport" content="width=device-width"></head>
<body>
<h1>Stowage ${escapeHtml(version)}</h1>
<p>S3 storage runs on this machine.</p>
<dl>
<dt>S3 endpoint</dt><dd><code>${escapeHtml(s3Url)}</code></dd>
<dt>Region</dt><dd><code>${escapeHtml(region)}</code></dd>
<dt>Health</dt><dd><a href="/health/ready">/health/ready</a></dd>
<dt>Metrics</dt><dd><a href="/metrics">/metrics</a></dd>
<dt>API</dt><dd><a href="/api/v1/openapi.json">/api/v1/openapi.json</a></dd>
</dl>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
