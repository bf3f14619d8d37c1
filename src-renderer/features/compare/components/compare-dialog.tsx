import { useState } from 'react';
import type { ObjectVersion } from '../../../../src-server/contract/object-versions.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { SelectField } from '../../../components/select-field.tsx';
import { formatBytes, formatMoment } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { type PreviewedFile, versionOf } from '../../preview/api/content.ts';
import { kindOf } from '../../preview/kind.ts';
import { ImagePair } from './image-pair.tsx';
import { TextDiff } from './text-diff.tsx';

interface CompareDialogProps {
  readonly bucket: string;
  readonly objectKey: string;
  /** Of which any two are compared; delete markers have nothing to compare. */
  readonly versions: readonly ObjectVersion[];
  /** Ids of the two that are compared first. */
  readonly first: { readonly before: string; readonly after: string };
  readonly onClose: () => void;
}

/** Two versions of a file: the lines that differ, or two pictures side by side. */
export function CompareDialog({ bucket, objectKey, versions, first, onClose }: CompareDialogProps) {
  const language = useLanguage();
  const [ids, setIds] = useState(first);
  const name = objectKey.slice(objectKey.lastIndexOf('/') + 1);
  const options = versions.map(({ versionId, modifiedAtMs, sizeBytes, isCurrent }) => {
    const text = `${formatMoment(modifiedAtMs, language)} · ${formatBytes(sizeBytes, language)}`;
    return { value: versionId, label: isCurrent ? `${text} · ${t('files.current')}` : text };
  });
  const fileOf = (id: string): PreviewedFile | undefined => {
    const version = versions.find(({ versionId }) => versionId === id);
    return version === undefined ? undefined : versionOf(bucket, objectKey, version);
  };
  const [before, after] = [fileOf(ids.before), fileOf(ids.after)];
  return (
    <Dialog title={t('compare.title', { name })} isOpen isWide onClose={onClose}>
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          label={t('compare.before')}
          options={options}
          value={ids.before}
          onChange={(chosen) => setIds({ ...ids, before: chosen })}
        />
        <SelectField
          label={t('compare.after')}
          options={options}
          value={ids.after}
          onChange={(chosen) => setIds({ ...ids, after: chosen })}
        />
      </div>
      {before !== undefined && after !== undefined && (
        <Comparison key={`${ids.before}\n${ids.after}`} before={before} after={after} />
      )}
      <DialogButtons>
        <Button onPress={onClose}>{t('common.close')}</Button>
      </DialogButtons>
    </Dialog>
  );
}

export interface ComparisonProps {
  readonly before: PreviewedFile;
  readonly after: PreviewedFile;
}

function Comparison(props: ComparisonProps) {
  const { before, after } = props;
  if (before.versionId === after.versionId) return <Says text={t('compare.oneVersion')} />;
  if (before.entry.etag === after.entry.etag && before.entry.sizeBytes === after.entry.sizeBytes) {
    return <Says text={t('compare.same')} />;
  }
  switch (kindOf(before.entry.key)) {
    case 'image':
    case 'svg':
      return <ImagePair {...props} />;
    case 'text':
    case 'markdown':
    case 'json':
    case 'table':
    case 'unknown':
      return <TextDiff {...props} />;
    case 'video':
    case 'audio':
    case 'pdf':
    case 'archive':
      return <Says text={t('compare.unknown')} />;
  }
}

/** A comparison that is one sentence. */
export function Says({ text }: { readonly text: string }) {
  return (
    <p role="status" className="rounded-control bg-sunken px-3 py-4 text-body">
      {text}
    </p>
  );
}
