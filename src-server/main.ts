#!/usr/bin/env node
// Loads nothing before it knows that this Node can carry it: the database's native part crashes older ones.
const OLDEST_NODE = 24;

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  process.stderr.write(
    `stowage: Node ${OLDEST_NODE} or newer is wanted, this is ${process.version}; \`npm start\` brings its own\n`,
  );
  process.exit(2);
}
// Before anything uses the pool: a large upload keeps two of its threads busy, and reads must not wait behind four of those.
process.env.UV_THREADPOOL_SIZE ??= '16';
const { runEntry } = await import('./cli/entry.ts');
process.exit(await runEntry());
