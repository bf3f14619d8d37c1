import { Inbox, Link2 } from 'lucide-react';
import { useState } from 'react';
import type { FolderEntry } from '../../../../src-server/contract/objects.ts';
import { Button } from '../../../components/button.tsx';
import { WideText } from '../../../components/wide-text.tsx';
import { t } from '../../../lib/i18n.ts';
import { nameOf } from '../../files/entry.ts';
import type { FilesExtension, FilesExtensionContext, FilesTarget } from '../../files/extension.ts';
import { LinksHere } from '../components/links-here.tsx';
import { ShareDialog, type ShareSubject } from '../components/share-dialog.tsx';

const MAX_ITEMS = 1000;

/** Links to files and folders, and requests for files into a folder. */
export function useShareFiles({ place }: FilesExtensionContext): FilesExtension {
  const [subject, setSubject] = useState<ShareSubject>();
  const { bucket, prefix, mayWrite } = place;
  const request = (folder: string) =>
    setSubject({ bucket, items: [folder], name: lastPart(folder) ?? bucket, isUpload: true });
  return {
    actions: [
      {
        id: 'share',
        label: t('shares.share'),
        icon: Link2,
        shortcut: 's',
        group: 'share',
        isOffered: (target) => target.kind === 'everything' || target.items.length <= MAX_ITEMS,
        run: (target) => setSubject({ bucket, ...chosenOf(target, place), isUpload: false }),
      },
      {
        id: 'request-files',
        label: t('shares.request'),
        icon: Inbox,
        group: 'share',
        isOffered: (target) => mayWrite && oneFolder(target) !== undefined,
        run: (target) => request(oneFolder(target) ?? prefix),
      },
    ],
    tabs: [
      {
        id: 'links',
        label: t('shares.links'),
        isOffered: ({ kind }) => kind !== 'deleted',
        render: (entry) => (
          <LinksHere
            key={itemOf(entry)}
            bucket={bucket}
            item={itemOf(entry)}
            onMake={() => setSubject({ bucket, items: [itemOf(entry)], name: nameOf(entry, prefix), isUpload: false })}
          />
        ),
      },
    ],
    toolbar: mayWrite && (
      <Button key="request-files" onPress={() => request(prefix)}>
        <Inbox size={16} aria-hidden="true" /> <WideText>{t('shares.request')}</WideText>
      </Button>
    ),
    element: <ShareDialog key="share" subject={subject} onClose={() => setSubject(undefined)} />,
  };
}

function chosenOf(target: FilesTarget, { bucket, prefix }: FilesExtensionContext['place']) {
  if (target.kind === 'everything') return { items: [target.prefix], name: lastPart(target.prefix) ?? bucket };
  const [first] = target.items;
  const name =
    target.items.length === 1 && first !== undefined
      ? nameOf(first, prefix)
      : t('shares.selection', { count: target.items.length });
  return { items: target.items.map(itemOf), name };
}

function itemOf(entry: FolderEntry): string {
  return entry.kind === 'folder' ? entry.prefix : entry.key;
}

function oneFolder(target: FilesTarget): string | undefined {
  const [first] = target.kind === 'items' ? target.items : [];
  return target.kind === 'items' && target.items.length === 1 && first?.kind === 'folder' ? first.prefix : undefined;
}

function lastPart(path: string): string | undefined {
  return path.split('/').findLast((part) => part !== '');
}
