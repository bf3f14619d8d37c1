import type { Setting, SettingValue } from '../../../src-server/contract/settings.ts';
import { formatCount } from '../../lib/format.ts';
import { currentLanguage, t } from '../../lib/i18n.ts';

/** What a person is told of one setting. */
export interface SettingText {
  readonly name: string;
  readonly title: () => string;
  /** How it is with this value, as a sentence; absent where the value says it itself. */
  readonly sentence?: (value: SettingValue) => string;
  /** What it is for. */
  readonly hint: () => string;
  /** What changing it may break, to be read before it is saved. */
  readonly danger?: (value: SettingValue) => string | undefined;
}

interface SettingGroup {
  readonly id: 'network' | 's3' | 'limits' | 'safety' | 'housekeeping' | 'start';
  readonly title: () => string;
  readonly settings: readonly SettingText[];
}

/** Certificate, key and the switch are one line of the page, `tls.selfSigned` stands for them. */
export const TLS_NAMES = ['tls.selfSigned', 'tls.cert', 'tls.key'] as const;

const onOff = (on: string, off: string) => (value: SettingValue) => (value === true ? on : off);

const NETWORK: readonly SettingText[] = [
  {
    name: 's3Address',
    title: () => t('settings.s3Address'),
    hint: () => t('settings.s3AddressHint'),
    danger: () => t('settings.s3AddressDanger'),
  },
  {
    name: 'consoleAddress',
    title: () => t('settings.consoleAddress'),
    hint: () => t('settings.consoleAddressHint'),
    danger: () => t('settings.consoleAddressDanger'),
  },
  { name: 'domain', title: () => t('settings.domain'), hint: () => t('settings.domainHint') },
  {
    name: 'tls.selfSigned',
    title: () => t('settings.tls'),
    hint: () => t('settings.tlsHint'),
    danger: () => t('settings.tlsDanger'),
  },
  {
    name: 'http.trustedProxies',
    title: () => t('settings.proxies'),
    hint: () => t('settings.proxiesHint'),
    danger: (value) => (value === null || value === '' ? undefined : t('settings.proxiesDanger')),
  },
];

const S3: readonly SettingText[] = [
  {
    name: 'region',
    title: () => t('settings.region'),
    hint: () => t('settings.regionHint'),
    danger: () => t('settings.regionDanger'),
  },
  {
    name: 's3.allowSignatureV2',
    title: () => t('settings.signatureV2'),
    sentence: (value) => onOff(t('settings.signatureV2On'), t('settings.signatureV2Off'))(value),
    hint: () => t('settings.signatureV2Hint'),
  },
  {
    name: 's3.allowInsecureSseC',
    title: () => t('settings.customerKeys'),
    sentence: (value) => onOff(t('settings.customerKeysOn'), t('settings.customerKeysOff'))(value),
    hint: () => t('settings.customerKeysHint'),
    danger: (value) => (value === true ? t('settings.customerKeysDanger') : undefined),
  },
  {
    name: 's3.allowRoot',
    title: () => t('settings.rootKey'),
    sentence: (value) => onOff(t('settings.rootKeyOn'), t('settings.rootKeyOff'))(value),
    hint: () => t('settings.rootKeyHint'),
    danger: (value) => (value === false ? t('settings.rootKeyDanger') : undefined),
  },
  {
    name: 's3.heldNameDays',
    title: () => t('settings.heldNames'),
    sentence: (value) =>
      Number(value) === 0 ? t('settings.heldNamesOff') : t('settings.heldNamesDays', { count: Number(value) }),
    hint: () => t('settings.heldNamesHint'),
  },
  {
    name: 's3.newBucketOwnership',
    title: () => t('settings.newOwnership'),
    sentence: (value) => choiceText('s3.newBucketOwnership', String(value)).text ?? '',
    hint: () => t('settings.newOwnershipHint'),
  },
  {
    name: 's3.newBucketPublicAccessBlock',
    title: () => t('settings.newBlock'),
    sentence: (value) => onOff(t('settings.newBlockOn'), t('settings.newBlockOff'))(value),
    hint: () => t('settings.newBlockHint'),
    danger: (value) => (value === false ? t('settings.newBlockDanger') : undefined),
  },
];

const SAFETY: readonly SettingText[] = [
  {
    name: 'durability',
    title: () => t('settings.durability'),
    sentence: (value) => choiceText('durability', String(value)).text ?? '',
    hint: () => t('settings.durabilityHint'),
    danger: durabilityDanger,
  },
  {
    name: 'bin.keepDays',
    title: () => t('settings.bin'),
    sentence: (value) => t('settings.binDays', { count: Number(value) }),
    hint: () => t('settings.binHint'),
  },
];

const limitText = (value: SettingValue) =>
  Number(value) === 0 ? t('settings.noLimit') : formatCount(Number(value), currentLanguage());

const LIMITS: readonly SettingText[] = [
  {
    name: 'limits.keyRequestsPerSecond',
    title: () => t('settings.keyRate'),
    sentence: limitText,
    hint: () => t('settings.keyRateHint'),
  },
  {
    name: 'limits.addressRequestsPerSecond',
    title: () => t('settings.addressRate'),
    sentence: limitText,
    hint: () => t('settings.addressRateHint'),
  },
  {
    name: 'limits.tenantRequestsPerSecond',
    title: () => t('settings.tenantRate'),
    sentence: limitText,
    hint: () => t('settings.tenantRateHint'),
  },
  {
    name: 'limits.keyBytesPerSecond',
    title: () => t('settings.keyBandwidth'),
    sentence: limitText,
    hint: () => t('settings.keyBandwidthHint'),
  },
  {
    name: 'limits.tenantBytesPerSecond',
    title: () => t('settings.tenantBandwidth'),
    sentence: limitText,
    hint: () => t('settings.tenantBandwidthHint'),
  },
  {
    name: 'limits.keyConcurrentRequests',
    title: () => t('settings.keyConcurrent'),
    sentence: limitText,
    hint: () => t('settings.keyConcurrentHint'),
  },
];

const HOUSEKEEPING: readonly SettingText[] = [
  {
    name: 'garbage.graceSeconds',
    title: () => t('settings.grace'),
    sentence: (value) => t('settings.graceText', { time: formatSeconds(Number(value)) }),
    hint: () => t('settings.graceHint'),
  },
];

/** Read before the catalogue is open, or of this machine: the console only shows them. */
const START: readonly SettingText[] = [
  { name: 'dataDir', title: () => t('settings.dataDir'), hint: () => t('settings.dataDirHint') },
  { name: 'disks', title: () => t('settings.disks'), hint: () => t('settings.disksHint') },
  { name: 'masterKeyFile', title: () => t('settings.masterKey'), hint: () => t('settings.masterKeyHint') },
  { name: 'provision', title: () => t('settings.provision'), hint: () => t('settings.provisionHint') },
  { name: 'logFormat', title: () => t('settings.logFormat'), hint: () => t('settings.logFormatHint') },
  { name: 'threads.http', title: () => t('settings.httpThreads'), hint: () => t('settings.httpThreadsHint') },
  { name: 'threads.io', title: () => t('settings.ioThreads'), hint: () => t('settings.ioThreadsHint') },
  { name: 'metrics.token', title: () => t('settings.metricsToken'), hint: () => t('settings.metricsTokenHint') },
  { name: 'rootKey.accessKeyId', title: () => t('settings.rootKeyId'), hint: () => t('settings.rootKeyIdHint') },
  {
    name: 'rootKey.secretAccessKey',
    title: () => t('settings.rootSecret'),
    hint: () => t('settings.rootSecretHint'),
  },
  { name: 'lifecycleDay', title: () => t('settings.lifecycleDay'), hint: () => t('settings.lifecycleDayHint') },
];

/** Everything that can be set, as the page shows it. */
export const SETTING_GROUPS: readonly SettingGroup[] = [
  { id: 'network', title: () => t('settings.network'), settings: NETWORK },
  { id: 's3', title: () => t('settings.s3'), settings: S3 },
  { id: 'limits', title: () => t('settings.limits'), settings: LIMITS },
  { id: 'safety', title: () => t('settings.safety'), settings: SAFETY },
  { id: 'housekeeping', title: () => t('settings.housekeeping'), settings: HOUSEKEEPING },
  { id: 'start', title: () => t('settings.start'), settings: START },
];

const ALL = SETTING_GROUPS.flatMap(({ settings }) => settings);

/** The title of a setting by its name; the name itself for one this page does not know. */
export function settingTitle(name: string): string {
  if (name === 'tls.cert') return t('settings.tlsCert');
  if (name === 'tls.key') return t('settings.tlsKey');
  return ALL.find((text) => text.name === name)?.title() ?? name;
}

/** A value as text, without a sentence around it. */
export function valueText(name: string, value: SettingValue): string {
  if (value === null || value === '') return t('settings.none');
  if (name === 'durability') return choiceText(name, String(value)).label;
  if (typeof value === 'boolean') return value ? t('settings.on') : t('settings.off');
  if (name === 'garbage.graceSeconds') return formatSeconds(Number(value));
  if (name === 'bin.keepDays') return formatSeconds(Number(value) * DAY_SECONDS);
  return typeof value === 'number' ? formatCount(value, currentLanguage()) : value;
}

/** What a choice is called and means. */
export function choiceText(name: string, choice: string): { readonly label: string; readonly text?: string } {
  if (name === 's3.newBucketOwnership') return { label: choice, text: ownershipText(choice) };
  if (name !== 'durability') return { label: choice };
  switch (choice) {
    case 'strict':
      return { label: t('settings.strict'), text: t('settings.strictText') };
    case 'balanced':
      return { label: t('settings.balanced'), text: t('settings.balancedText') };
    case 'relaxed':
      return { label: t('settings.relaxed'), text: t('settings.relaxedText') };
    default:
      return { label: choice };
  }
}

function durabilityDanger(value: SettingValue): string | undefined {
  if (value === 'balanced') return t('settings.balancedDanger');
  return value === 'relaxed' ? t('settings.relaxedDanger') : undefined;
}

const DAY_SECONDS = 86_400;
const TIME_UNITS = [
  ['day', DAY_SECONDS],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** `1 hour`, `90 minutes`: in the largest unit that divides it. */
function formatSeconds(seconds: number): string {
  const [unit, length] = TIME_UNITS.find(([, long]) => seconds > 0 && seconds % long === 0) ?? (['second', 1] as const);
  return new Intl.NumberFormat(currentLanguage(), { style: 'unit', unit, unitDisplay: 'long' }).format(
    seconds / length,
  );
}

/** Does `text` occur in what is said of the setting, in its name, its value or where it comes from? */
export function matches(text: string, about: SettingText, setting: Setting): boolean {
  const wanted = text.trim().toLocaleLowerCase();
  const said = [
    about.title(),
    about.hint(),
    about.name,
    setting.name,
    setting.origin.name,
    String(setting.value ?? ''),
  ];
  if (about.name === 'tls.selfSigned') said.push(...TLS_NAMES, t('settings.tlsCert'), t('settings.tlsKey'));
  return said.some((one) => one.toLocaleLowerCase().includes(wanted));
}

function ownershipText(choice: string): string {
  if (choice === 'BucketOwnerPreferred') return t('settings.ownershipPreferred');
  return choice === 'ObjectWriter' ? t('settings.ownershipWriter') : t('settings.ownershipEnforced');
}
