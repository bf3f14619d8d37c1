// Writes the documents that come from the sources. `npm run verify` fails while one of them is stale.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configReference } from './docs/config-reference.ts';
import { s3Support } from './docs/s3-support.ts';

const DOCS = join(dirname(dirname(fileURLToPath(import.meta.url))), 'docs');

writeFileSync(join(DOCS, 'config.md'), configReference());
writeFileSync(join(DOCS, 's3-support.md'), s3Support());
