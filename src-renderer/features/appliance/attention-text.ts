import type { AttentionItem } from '../../../src-server/contract/overview.ts';
import { t } from '../../lib/i18n.ts';

/** What happened, whether data is safe, what to do: three sentences. */
interface AttentionText {
  readonly what: string;
  readonly isSafe: string;
  readonly advice: string;
}

/** Do writes stand still for this cause? */
export function isStopping(cause: AttentionItem['cause']): boolean {
  return cause === 'catalogue-fails' || cause === 'writes-refused' || cause === 'no-writable-disk';
}

export function attentionText({ cause, subject }: AttentionItem): AttentionText {
  const name = subject ?? '';
  switch (cause) {
    case 'catalogue-fails':
      return sentences(t('attention.catalogueFails'), t('attention.safeInLog'), t('attention.catalogueFailsTodo'));
    case 'writes-refused':
      return sentences(t('attention.writesRefused'), t('attention.safe'), t('attention.writesRefusedTodo'));
    case 'no-writable-disk':
      return sentences(t('attention.noWritableDisk'), t('attention.safe'), t('attention.noWritableDiskTodo'));
    case 'writes-failing':
      return sentences(t('attention.writesFailing'), t('attention.safeAnswered'), t('attention.writesFailingTodo'));
    case 'disk-absent':
      return sentences(t('attention.diskAbsent', { name }), t('attention.unreachable'), t('attention.diskAbsentTodo'));
    case 'disk-suspect':
      return sentences(t('attention.diskSuspect', { name }), t('attention.atRisk'), t('attention.diskSuspectTodo'));
    case 'disk-full':
      return sentences(t('attention.diskFull', { name }), t('attention.safe'), t('attention.diskFullTodo'));
    case 'disk-filling':
      return sentences(t('attention.diskFilling', { name }), t('attention.safe'), t('attention.diskFullTodo'));
    case 'job-failing':
      return sentences(t('attention.jobFailing', { name }), t('attention.safe'), t('attention.jobFailingTodo'));
    case 'locks-held':
      return sentences(t('attention.locksHeld'), t('attention.safe'), t('attention.locksHeldTodo'));
    case 'history-off':
      return sentences(t('attention.historyOff'), t('attention.safe'), t('attention.historyOffTodo'));
  }
}

function sentences(what: string, isSafe: string, advice: string): AttentionText {
  return { what, isSafe, advice };
}
