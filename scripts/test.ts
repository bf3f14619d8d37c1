// npm test [--verify] [--soak] [--concurrency N] [SUITE | part of a file name …]
// Everything CI runs, in one process tree, on the pinned Node. The last line is `N passed, N failed`.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { provideDebianPackages } from './test-runner/debian-packages.ts';
import { type Counts, describeCounts, runSuite } from './test-runner/run-suite.ts';
import { SUITES, type Suite } from './test-runner/suites.ts';
import { verify } from './test-runner/verify.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SOAK_SCALE = 20;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { verify: { type: 'boolean' }, soak: { type: 'boolean' }, concurrency: { type: 'string' } },
});

const scale = values.soak ? SOAK_SCALE : Number(process.env.STOWAGE_TEST_SCALE ?? '1');
const seed = process.env.STOWAGE_TEST_SEED ?? String(Math.floor(Math.random() * 2 ** 31));
process.env.STOWAGE_TEST_SCALE = String(scale);
process.env.STOWAGE_TEST_SEED = seed;
process.chdir(ROOT);

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const startedMs = Date.now();

function add(counts: Counts): void {
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}

/** Names of suites choose suites; anything else chooses files by a part of their path. */
function chosen(): { suites: readonly Suite[]; only: readonly string[] } {
  const named = SUITES.filter((suite) => positionals.includes(suite.name));
  const only = positionals.filter((word) => SUITES.every((suite) => suite.name !== word));
  return { suites: named.length > 0 ? named : SUITES, only };
}

const { suites, only } = chosen();
if (positionals.length === 0) add(await verify(ROOT));
if (values.verify) {
  const unit = { name: 'unit', folders: ['tests/architecture', 'tests/unit'], concurrency: 2, capSeconds: 120 };
  add(await runSuite(unit, { root: ROOT, seed, scale: 1, concurrency: undefined, only }));
} else {
  if (positionals.length === 0) provideDebianPackages(join(ROOT, 'scripts', 'debian-packages.txt'));
  const concurrency = values.concurrency === undefined ? undefined : Number(values.concurrency);
  for (const suite of suites) add(await runSuite(suite, { root: ROOT, seed, scale, concurrency, only }));
}
console.log(`\nin ${((Date.now() - startedMs) / 1000).toFixed(1)} s, STOWAGE_TEST_SEED=${seed}`);
if (total.passed + total.failed + total.skipped === 0) console.log(`no test file has ${only.join(' or ')} in its path`);
console.log(describeCounts(total));
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
