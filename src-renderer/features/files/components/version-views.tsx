import { lazy, Suspense } from 'react';
import type { ObjectVersion } from '../../../../src-server/contract/object-versions.ts';
import { versionOf } from '../../preview/api/content.ts';

const PreviewDialog = lazy(async () => ({
  default: (await import('../../preview/components/preview-dialog.tsx')).PreviewDialog,
}));
const CompareDialog = lazy(async () => ({
  default: (await import('../../compare/components/compare-dialog.tsx')).CompareDialog,
}));

/** What is looked at of a key's versions: one of them, or two beside each other. */
export type VersionView =
  | { readonly kind: 'preview'; readonly version: ObjectVersion }
  | { readonly kind: 'compare'; readonly version: ObjectVersion };

interface VersionViewsProps {
  readonly bucket: string;
  readonly objectKey: string;
  readonly versions: readonly ObjectVersion[];
  readonly view: VersionView | undefined;
  readonly onView: (view: VersionView | undefined) => void;
}

/** Shows a version over the page; left and right go through the others. */
export function VersionViews({ bucket, objectKey, versions, view, onView }: VersionViewsProps) {
  if (view === undefined) return null;
  const contents = versions.filter(({ kind }) => kind === 'version');
  const at = contents.findIndex(({ versionId }) => versionId === view.version.versionId);
  const step = async (by: 1 | -1): Promise<boolean> => {
    const version = contents[at + by];
    if (version !== undefined) onView({ kind: 'preview', version });
    return version !== undefined;
  };
  const close = () => onView(undefined);
  if (view.kind === 'preview') {
    const file = versionOf(bucket, objectKey, view.version);
    return (
      <Suspense>
        <PreviewDialog file={file} through="versions" onStep={step} onClose={close} />
      </Suspense>
    );
  }
  const after = comparedWith(contents, view.version);
  return (
    <Suspense>
      <CompareDialog
        bucket={bucket}
        objectKey={objectKey}
        versions={contents}
        first={{ before: view.version.versionId, after: (after ?? view.version).versionId }}
        onClose={close}
      />
    </Suspense>
  );
}

/** The current version, or of a deleted file the last one; undefined where the version itself is that. */
export function comparedWith(contents: readonly ObjectVersion[], version: ObjectVersion): ObjectVersion | undefined {
  const newest = contents.find(({ kind }) => kind === 'version');
  return newest?.versionId === version.versionId ? undefined : newest;
}
