import type { ReactNode } from 'react';
import type { Setting } from '../../../../src-server/contract/settings.ts';
import { Moment } from '../../../components/moment.tsx';
import { SettingLine } from '../../../components/setting-line.tsx';
import { t } from '../../../lib/i18n.ts';
import { type SettingText, valueText } from '../catalogue.ts';
import { SettingForm } from './setting-form.tsx';

interface SettingRowProps {
  readonly about: SettingText;
  readonly setting: Setting;
}

/** One setting: how it is, why, and its form in place. */
export function SettingRow({ about, setting }: SettingRowProps) {
  const form = setting.isEditable
    ? (close: () => void) => <SettingForm about={about} setting={setting} onClose={close} />
    : undefined;
  return (
    <SettingLine title={about.title()} level={3} form={form}>
      <p>
        <ShownValue about={about} setting={setting} />
      </p>
      <SettingFacts about={about} settings={[setting]} />
    </SettingLine>
  );
}

function ShownValue({ about, setting }: SettingRowProps) {
  const { name, kind, value } = setting;
  if (kind === 'secret') return value === true ? t('settings.secretSet') : t('settings.secretNotSet');
  if (about.sentence !== undefined) return about.sentence(value);
  if (value === null || value === '') return <span className="text-muted">{t('settings.none')}</span>;
  const isMono = kind === 'text' || kind === 'path';
  return (
    <span className={isMono ? 'whitespace-pre-wrap font-mono [overflow-wrap:anywhere]' : undefined}>
      {valueText(name, value)}
    </span>
  );
}

/** What it is for; its default; who pinned or changed it; when it takes effect; what waits. Of a line of several, of all. */
export function SettingFacts({
  about,
  settings,
}: {
  readonly about: SettingText;
  readonly settings: readonly Setting[];
}) {
  const pinned = settings.find(({ isEditable }) => !isEditable);
  const changed = latest(settings);
  return (
    <div className="mt-0.5 flex flex-col text-caption text-muted">
      <p>{about.hint()}</p>
      {pinned !== undefined && <p>{pinnedText(pinned)}</p>}
      {pinned === undefined && (
        <Dotted>
          {defaultText(settings)}
          {changed !== undefined && (
            <>
              {t('settings.changedBy', { who: changed.by })} <Moment atMs={changed.atMs} />
            </>
          )}
          {settings.every(({ effect }) => effect === 'now') ? t('settings.now') : t('settings.atRestart')}
        </Dotted>
      )}
      {settings
        .filter(({ isWaiting }) => isWaiting)
        .map((setting) => (
          <p key={setting.name} className="text-text">
            <span aria-hidden="true" className="text-attention">
              ▲{' '}
            </span>
            {waitingText(setting, settings.length > 1)}
          </p>
        ))}
    </div>
  );
}

function Dotted({ children }: { readonly children: readonly ReactNode[] }) {
  const shown = children.filter((child) => child !== false && child !== undefined && child !== '');
  return (
    <p className="flex flex-wrap gap-x-2">
      {shown.map((child, index) => (
        // The parts stand in a fixed order.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <span key={index} className={index < shown.length - 1 ? "after:ml-2 after:content-['·']" : undefined}>
          {child}
        </span>
      ))}
    </p>
  );
}

function latest(settings: readonly Setting[]): NonNullable<Setting['lastChange']> | undefined {
  const changes = settings.flatMap(({ lastChange }) => (lastChange === null ? [] : [lastChange]));
  return changes.sort((a, b) => b.atMs - a.atMs)[0];
}

function defaultText(settings: readonly Setting[]): string {
  const [first] = settings;
  if (first === undefined) return '';
  if (settings.every(({ isStored }) => !isStored)) return t('settings.isDefault');
  return settings.length > 1
    ? t('settings.notDefault')
    : t('settings.defaultIs', { value: valueText(first.name, first.defaultValue) });
}

function pinnedText({ origin }: Setting): string {
  const { kind, name } = origin;
  switch (kind) {
    case 'option':
      return t('settings.byOption', { name });
    case 'env':
      return t('settings.byEnv', { name });
    case 'file':
      return t('settings.byFile', { name });
    case 'stored':
    case 'default':
      return t('settings.byDefault');
  }
}

function waitingText(setting: Setting, isNamed: boolean): string {
  const { name, isStored, storedValue, defaultValue } = setting;
  const value = valueText(name, isStored ? storedValue : defaultValue);
  return isNamed ? t('settings.waitingNamed', { name: tlsName(name), value }) : t('settings.waiting', { value });
}

/** Of the one line that holds several. */
function tlsName(name: string): string {
  if (name === 'tls.cert') return t('settings.tlsCert');
  return name === 'tls.key' ? t('settings.tlsKey') : t('settings.tlsSelfSigned');
}
