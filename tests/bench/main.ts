import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_CASES } from './cases/all-cases.ts';
import { hostFacts } from './host/host-facts.ts';
import { HostLimits } from './host/host-limits.ts';
import { parseOptions, USAGE, UsageError } from './options.ts';
import { formatLimit, formatMeasurement, formatSummary, tableHeading } from './report/table.ts';
import { isNamed, runCases } from './run-cases.ts';

/** Exit codes: 0 = measured (targets met or not), 1 = wrong answers or a failure, 2 = bad options. */
async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  if (options.list) {
    for (const name of ALL_CASES.flatMap((each) => each.names)) console.log(name);
    return 0;
  }
  const strange = options.only.find(
    (part) => !ALL_CASES.some(({ names }) => names.some((name) => isNamed(name, part))),
  );
  if (strange !== undefined) throw new UsageError(`--only ${strange}: no case has this in its name; --list shows them`);
  // Without a handler a signal ends the process before 'exit' is told, and servers and their files would stay.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  const probeFolder = mkdtempSync(join(options.folder, 'stowage-bench-limits-'));
  process.once('exit', () => rmSync(probeFolder, { recursive: true, force: true, maxRetries: 5 }));
  try {
    const facts = hostFacts(options.folder);
    const limits = new HostLimits({ ...options, folder: probeFolder }, (name, value) => {
      console.log(formatLimit(name, value));
    });
    console.log(
      `${facts.cpuModel}, ${facts.cores} cores, ${facts.fileSystem}, ${facts.platform} ${facts.kernel}, Node ${facts.node}`,
    );
    console.log(tableHeading());
    await limits.loopback();
    const results = await runCases(ALL_CASES, options, limits, (measured) => console.log(formatMeasurement(measured)));
    console.log(formatSummary(results, limits.values()));
    if (options.json !== undefined) {
      const { endpoint, json: _, folder: __, list: ___, help: ____, ...settings } = options;
      const report = {
        date: new Date().toISOString(),
        host: facts,
        settings: { ...settings, endpoint: endpoint === undefined ? 'own server' : 'another server' },
        limits: limits.values(),
        results,
      };
      writeFileSync(options.json, `${JSON.stringify(report, undefined, 2)}\n`);
    }
    return results.some((measured) => (measured.problemCount ?? 0) > 0) ? 1 : 0;
  } finally {
    rmSync(probeFolder, { recursive: true, force: true });
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof UsageError) console.error(`${error.message}\n${USAGE}`);
  else console.error(error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
