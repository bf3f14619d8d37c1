import type { ImportItem, ImportResult } from '../../../../src-server/contract/configuration.ts';
import { Moment } from '../../../components/moment.tsx';
import { t } from '../../../lib/i18n.ts';
import { settingTitle } from '../catalogue.ts';
import { fieldText, refusalText } from '../import-words.ts';

/** As many lines of one kind of outcome as a person reads. */
const SHOWN = 100;

/** What a file would do, or did: what is left out first, with the reason. */
export function ImportItems({ result }: { readonly result: ImportResult }) {
  const { items, isApplied, madeAtMs } = result;
  const of = (outcome: ImportItem['outcome']) => items.filter((item) => item.outcome === outcome);
  const [refused, changed, created, same] = [of('refused'), of('changed'), of('created'), of('same')];
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">
        {t('configuration.madeAt')} <Moment atMs={madeAtMs} />
      </p>
      <section
        aria-label={t('configuration.importTitle')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="flex max-h-[50vh] flex-col gap-4 overflow-y-auto rounded-control border border-line p-4"
      >
        {items.length === same.length && !isApplied && <p>{t('configuration.nothing')}</p>}
        <Part
          sign={['■', 'text-stopped']}
          title={t('configuration.wouldRefuse', { count: refused.length })}
          items={refused}
        />
        <Part
          sign={['▲', 'text-attention']}
          title={
            isApplied
              ? t('configuration.wereChanged', { count: changed.length })
              : t('configuration.wouldChange', { count: changed.length })
          }
          items={changed}
        />
        <Part
          sign={['●', 'text-fine']}
          title={
            isApplied
              ? t('configuration.wereCreated', { count: created.length })
              : t('configuration.wouldCreate', { count: created.length })
          }
          items={created}
        />
        {same.length > 0 && same.length < items.length && (
          <p className="text-muted">{t('configuration.areSame', { count: same.length })}</p>
        )}
      </section>
    </div>
  );
}

interface PartProps {
  readonly sign: readonly [shape: string, colour: string];
  readonly title: string;
  readonly items: readonly ImportItem[];
}

function Part({ sign: [shape, colour], title, items }: PartProps) {
  if (items.length === 0) return null;
  return (
    <section className="flex flex-col gap-1">
      <h3 className="flex gap-2 font-medium">
        <span aria-hidden="true" className={colour}>
          {shape}
        </span>
        {title}
      </h3>
      <ul className="flex flex-col">
        {items.slice(0, SHOWN).map((item) => (
          <li key={`${item.kind} ${item.name}`} className="flex min-h-7 flex-wrap items-baseline gap-x-2">
            <span className="w-30 shrink-0 text-caption text-muted">{kindText(item.kind)}</span>
            <span className={`min-w-0 [overflow-wrap:anywhere] ${isCode(item) ? 'font-mono text-table' : ''}`}>
              {nameText(item)}
            </span>
            <span className="min-w-0 text-caption text-muted [overflow-wrap:anywhere]">{moreText(item)}</span>
          </li>
        ))}
      </ul>
      {items.length > SHOWN && (
        <p className="text-caption text-muted">{t('configuration.more', { count: items.length - SHOWN })}</p>
      )}
    </section>
  );
}

function isCode({ kind }: ImportItem): boolean {
  return kind === 'key' || kind === 'bucket';
}

function nameText({ kind, name }: ImportItem): string {
  if (kind !== 'setting') return name;
  return name === 'share.settings' ? t('configuration.shareLook') : settingTitle(name.replace(/^config\./, ''));
}

function moreText(item: ImportItem): string {
  const whose = item.kind === 'key' ? t('configuration.keyOf', { name: item.detail }) : '';
  if (item.refusal !== null) return [whose, refusalText(item)].filter((text) => text !== '').join(' · ');
  return [whose, item.fields.map(fieldText).join(', ')].filter((text) => text !== '').join(' · ');
}

function kindText(kind: ImportItem['kind']): string {
  switch (kind) {
    case 'tenant':
      return t('configuration.tenant');
    case 'person':
      return t('configuration.person');
    case 'key':
      return t('configuration.key');
    case 'bucket':
      return t('configuration.bucket');
    case 'policy':
      return t('configuration.policy');
    case 'rights':
      return t('configuration.rights');
    case 'group':
      return t('configuration.group');
    case 'role':
      return t('configuration.role');
    case 'setting':
      return t('configuration.setting');
  }
}
