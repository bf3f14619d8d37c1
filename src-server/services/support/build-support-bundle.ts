import { availableParallelism, freemem, release, totalmem } from 'node:os';
import type { BundleSection } from '../../contract/support-bundle.ts';
import type { LogLine } from '../../observability/log-tail.ts';
import { redact, redactText } from '../../observability/redact.ts';
import { authorize } from '../access/authorize.ts';
import type { Appliance } from '../appliance/appliance.ts';
import { conditionOf } from '../appliance/attention.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { listSettings, type SettingFacts } from '../settings/list-settings.ts';
import type { RunningSettings } from '../settings/running-settings.ts';

/** Where the parts of a bundle come from. */
export interface BundleSources {
  readonly version: string;
  readonly appliance: Appliance;
  readonly settings: RunningSettings;
  health(): Promise<unknown>;
  /** In Prometheus' text format. */
  metricsText(): Promise<string>;
}

/** Newest lines of the log, and no more characters than a person can look through. */
const LOG_LINES = 500;
const SECTION_LENGTH_MAX = 400_000;

/**
 * What somebody who helps needs to see of this server. Every text goes through the redactor, and the secrets that this
 * process was given are cut out wherever they stand. Throws AccessDenied.
 */
export async function buildSupportBundle(
  context: ServiceContext,
  identity: Identity,
  sources: BundleSources,
): Promise<BundleSection[]> {
  await authorize(context, { identity, iamAction: 'stowage:ReadAppliance' });
  const { appliance } = sources;
  const nowMs = context.now();
  const settings = await listSettings(context, sources.settings, identity);
  const status = {
    health: await sources.health(),
    condition: await conditionOf(appliance, nowMs),
    now: appliance.now() ?? null,
    engine: appliance.engine(),
  };
  const sections: readonly BundleSection[] = [
    { name: 'about', text: aboutText(sources.version, nowMs) },
    { name: 'settings', text: settings.map(settingText).join('\n') },
    { name: 'status', text: jsonText(status) },
    { name: 'disks', text: jsonText({ disks: appliance.disks(), absentAtStart: appliance.absentAtStart }) },
    { name: 'jobs', text: jsonText(appliance.jobs()) },
    { name: 'log', text: appliance.log.recent().slice(-LOG_LINES).map(logText).join('\n') },
    { name: 'metrics', text: await sources.metricsText() },
  ];
  const secrets = secretsOf(context);
  return sections.map(({ name, text }) => ({ name, text: shorten(withoutSecrets(redactText(text), secrets)) }));
}

function aboutText(version: string, nowMs: number): string {
  return [
    `Stowage ${version}`,
    `made ${new Date(nowMs).toISOString()}, the process runs for ${Math.round(process.uptime())} s`,
    `${process.platform} ${process.arch}, ${release()}`,
    `Node.js ${process.versions.node}, OpenSSL ${process.versions.openssl ?? 'unknown'}`,
    `${availableParallelism()} cores, ${mebibytes(totalmem())} MiB of memory, ${mebibytes(freemem())} MiB free`,
  ].join('\n');
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 1024 ** 2);
}

/** Name, value, who gave it; without sign between name and value, which the redactor would take for a secret's. */
function settingText({ name, value, isSecret, origin, isWaiting, storedValue }: SettingFacts): string {
  const shown = isSecret ? (value === true ? '(set)' : '(not set)') : JSON.stringify(value);
  const waits = isWaiting ? `, from the next start ${JSON.stringify(storedValue ?? 'the default')}` : '';
  const isNamed = origin.kind !== 'default' && origin.kind !== 'stored';
  const giver = isNamed ? `${origin.kind} ${origin.name}` : origin.kind;
  return `${name}  ${shown}  from ${giver}${waits}`;
}

function logText({ atMs, level, text, fields }: LogLine): string {
  const said = Object.entries(fields).map(([name, value]) => `  ${name}=${value}`);
  return `${new Date(atMs).toISOString()} ${level} ${text}${said.join('')}`;
}

function jsonText(value: unknown): string {
  return JSON.stringify(redact(value), undefined, 2);
}

/** Those that stand in the configuration in clear; all others are sealed or hashed and never read here. */
function secretsOf({ config }: ServiceContext): readonly string[] {
  return [config.rootKey?.secretAccessKey, config.metricsToken].filter((secret) => secret != null);
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, '[redacted]'), text);
}

/** The end is the newest. */
function shorten(text: string): string {
  return text.length <= SECTION_LENGTH_MAX ? text : `[cut]\n${text.slice(-SECTION_LENGTH_MAX)}`;
}
