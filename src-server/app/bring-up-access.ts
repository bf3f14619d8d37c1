import { dirname, join } from 'node:path';
import { ConfigError } from '../config/config-error.ts';
import type { LoadedConfig } from '../config/load.ts';
import { type Provisioning, parseProvisioning } from '../config/provisioning.ts';
import type { Config } from '../config/schema.ts';
import { type StoredSettings, withAbsolutePaths } from '../config/stored-settings.ts';
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
import { mergeSettings, readStoredSettings, settingNames } from '../services/settings/stored-settings.ts';

/** The configuration with what the catalogue holds at its place. Throws ConfigError. */
export async function withStoredSettings(loaded: LoadedConfig, context: ServiceContext): Promise<LoadedConfig> {
  return loaded.withStored(await context.catalogue.read((tx) => readStoredSettings(tx)));
}

/** A provisioning file, read and checked by itself. */
export interface ProvisionFile {
  readonly path: string;
  readonly content: Provisioning;
}

/** Reads the provisioning file, if there is one: before the data dir is touched. Throws ConfigError. */
export function readProvisionFile({ provisionFile }: Config): ProvisionFile | undefined {
  if (provisionFile === null) return undefined;
  let text: string;
  try {
    text = readTextFile(provisionFile);
  } catch (error) {
    throw new ConfigError('--provision', `${provisionFile} cannot be read (${errnoOf(error) ?? 'unknown error'})`);
  }
  const content = parseProvisioning(text, provisionFile);
  const settings = withAbsolutePaths(content.settings ?? {}, dirname(provisionFile));
  return { path: provisionFile, content: { ...content, settings } };
}

/** Applies a provisioning file in one transaction. Throws ConfigError; then nothing of it stands. */
export async function applyProvisionFile(
  { path, content }: ProvisionFile,
  loaded: LoadedConfig,
  context: ServiceContext,
): Promise<void> {
  await checkSettings(loaded, context, content.settings ?? {}, path);
  await applyProvisioning(context, content, path);
}

/** Settings that contradict each other would refuse this start and, once stored, every later one. */
async function checkSettings(
  loaded: LoadedConfig,
  context: ServiceContext,
  changes: StoredSettings,
  file: string,
): Promise<void> {
  const stored = await context.catalogue.read((tx) => readStoredSettings(tx));
  const changed = settingNames(changes);
  const nameOf = (leaf: string) => (changed.has(leaf) ? `${file}: settings.${leaf}` : `stored setting ${leaf}`);
  loaded.withStored(mergeSettings(stored, changes), nameOf);
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
