import { join } from 'node:path';
import { ConfigError } from '../config/config-error.ts';
import type { LoadedConfig } from '../config/load.ts';
import { parseProvisioning } from '../config/provisioning.ts';
import type { Config } from '../config/schema.ts';
import { errnoOf } from '../platform/fs-durable.ts';
import { readTextFile } from '../platform/text-file.ts';
import { applyProvisioning } from '../services/access/apply-provisioning.ts';
import {
  ensureRootKey,
  type FirstRun,
  ROOT_CREDENTIALS_FILE,
  SETUP_TOKEN_FILE,
  writeFirstRunFiles,
} from '../services/access/first-run.ts';
import type { ServiceContext } from '../services/context.ts';
import { readStoredSettings } from '../services/settings/stored-settings.ts';

/** The configuration with what the catalogue holds at its place. Throws ConfigError. */
export async function withStoredSettings(loaded: LoadedConfig, context: ServiceContext): Promise<Config> {
  return loaded.withStored(await context.catalogue.read((tx) => readStoredSettings(tx))).config;
}

/** Applies the provisioning file, if there is one, in one transaction. Throws ConfigError. */
export async function applyProvisionFile(context: ServiceContext): Promise<void> {
  const file = context.config.provisionFile;
  if (file === null) return;
  let text: string;
  try {
    text = readTextFile(file);
  } catch (error) {
    throw new ConfigError('--provision', `${file} cannot be read (${errnoOf(error) ?? 'unknown error'})`);
  }
  await applyProvisioning(context, parseProvisioning(text, file), file);
}

/** Makes sure of root and the way to claim the install, and says on stderr where the files are (DESIGN §1, First run). */
export async function announceFirstRun(
  context: ServiceContext,
  newRecoveryKit: string | undefined,
  isTerminal: boolean,
): Promise<void> {
  const { config, log } = context;
  const firstRun = await ensureRootKey(context, config.rootKey ?? undefined);
  await writeFirstRunFiles(config.dataDir, firstRun);
  if (newRecoveryKit !== undefined) {
    log.warn(
      { file: newRecoveryKit },
      'recovery kit written: print it or store it elsewhere; without it encrypted objects cannot be brought back',
    );
  }
  if (firstRun.claimed) log.info('the install is claimed');
  else sayHowToClaim(context, firstRun, isTerminal);
}

function sayHowToClaim({ config, log }: ServiceContext, firstRun: FirstRun, isTerminal: boolean): void {
  const files = [
    ...(firstRun.rootCredentials === undefined ? [] : [join(config.dataDir, ROOT_CREDENTIALS_FILE)]),
    join(config.dataDir, SETUP_TOKEN_FILE),
  ];
  log.info({ files }, 'first run: these files hold the root key and the token that claims the install');
  if (!isTerminal) return;
  // A person watches and the install is theirs: what the files hold is shown once here, past the redactor.
  const lines = [
    ...(firstRun.rootCredentials === undefined
      ? []
      : [
          `  access key id      ${firstRun.rootCredentials.accessKeyId}`,
          `  secret access key  ${firstRun.rootCredentials.secretAccessKey}`,
        ]),
    ...(firstRun.setupToken === undefined ? [] : [`  setup token        ${firstRun.setupToken}`]),
  ];
  process.stderr.write(`${lines.join('\n')}\n`);
}
