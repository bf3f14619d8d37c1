import type { JobItem } from '../../../src-server/contract/activity.ts';
import { formatBytes, formatCount } from '../../lib/format.ts';
import { t } from '../../lib/i18n.ts';

/** What a job shows of itself, in words: only what there is something of, and nothing that this page has no words for. */
export function jobFacts(facts: JobItem['facts'], language: string): string[] {
  return Object.entries(facts).flatMap(([name, value]) => {
    if (value === 0 || value === '') return [];
    const text = typeof value === 'string' ? textOf(name, value) : numberOf(name, value, language);
    return text === undefined ? [] : [text];
  });
}

function textOf(name: string, value: string): string | undefined {
  return name === 'segment' ? t('activity.factSegment', { name: value }) : undefined;
}

function numberOf(name: string, value: number, language: string): string | undefined {
  const shown = formatCount(value, language);
  switch (name) {
    case 'copiedBytes':
      return t('activity.factBytesMoved', { size: formatBytes(value, language) });
    case 'collectedBytes':
      return t('activity.factBytesCollected', { size: formatBytes(value, language) });
    case 'copiedExtents':
      return t('activity.factMoved', { count: value, shown });
    case 'stuckSegments':
      return t('activity.factStuck', { count: value, shown });
    case 'releasedSegments':
      return t('activity.factReleased', { count: value, shown });
    case 'emptiedObjects':
      return t('activity.factEmptied', { count: value, shown });
    case 'forgotten':
      return t('activity.factForgotten', { count: value, shown });
    case 'openOperations':
      return t('activity.factOpen', { count: value, shown });
    case 'collectedExtents':
      return t('activity.factCollected', { count: value, shown });
    case 'removedContainers':
      return t('activity.factRemovedFiles', { count: value, shown });
    case 'doomedContainers':
      return t('activity.factDoomedFiles', { count: value, shown });
    default:
      return undefined;
  }
}
