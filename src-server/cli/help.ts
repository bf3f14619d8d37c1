import { LEAVES } from '../config/settings.ts';
import { VERSION } from './version.ts';

const COMMANDS: readonly (readonly [string, string])[] = [
  ['serve [options]', 'run the server (the default)'],
  ['check [--repair]', 'check catalogue and bytes; --repair quarantines what is damaged (server stopped)'],
  ['rebuild-catalogue', 'make the catalogue again from checkpoint and log (server stopped)'],
  [
    'rebuild-catalogue --undo-migration',
    'go back to the schema of the release before, while nothing was written since',
  ],
  ['root-key reset', 'give root a new random key (server stopped)'],
  ['audit verify', 'follow both chains of the audit trail; 1 where a record is missing or changed (server may run)'],
  [
    'preset PROGRAM --name BUCKET',
    'a bucket, its user and key for veeam, restic, kopia, duplicati or rclone; --days N, --json',
  ],
  ['--version', 'print the version'],
];

/** What `--help` prints. */
export function helpText(): string {
  const options = LEAVES.flatMap(({ option, argument, env }) =>
    option === undefined ? [] : [[`--${option}${argument === undefined ? '' : ` ${argument}`}`, env ?? ''] as const],
  );
  const config = ['--config FILE', 'STOWAGE_CONFIG'] as const;
  return `stowage ${VERSION}: S3 storage on your own disks

Commands
${table(COMMANDS)}

Options, each with its environment variable
${table([...options, config])}

docs/config.md explains them.
`;
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd()).join('\n');
}
