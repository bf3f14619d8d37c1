import { MoreHorizontal } from 'lucide-react';
import { useState } from 'react';
import type { KeySummary } from '../../../../src-server/contract/keys.ts';
import { Button } from '../../../components/button.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { Menu, MenuItem } from '../../../components/menu.tsx';
import { Moment } from '../../../components/moment.tsx';
import { toast } from '../../../components/toast.tsx';
import { errorText } from '../../../lib/error-text.ts';
import { t } from '../../../lib/i18n.ts';
import { useDeleteKey, useUpdateKey } from '../api/use-keys.ts';
import { EditKeyDialog } from './edit-key-dialog.tsx';
import { KeyState } from './key-state.tsx';
import { RotateKeyDialog } from './rotate-key-dialog.tsx';

interface KeyListProps {
  readonly keys: readonly KeySummary[];
  /** Says whose each is. */
  readonly showsUser?: boolean;
  /** In a panel: without the column of use. */
  readonly isNarrow?: boolean;
}

/** Access keys and what can be done with each. */
export function KeyList({ keys, showsUser = false, isNarrow = false }: KeyListProps) {
  const [rotating, setRotating] = useState<KeySummary>();
  const [editing, setEditing] = useState<KeySummary>();
  const [deleting, setDeleting] = useState<KeySummary>();
  const remove = useDeleteKey();
  return (
    <>
      <ul className="border-line border-t">
        {keys.map((key) => (
          <KeyRow
            key={key.accessKeyId}
            summary={key}
            showsUser={showsUser}
            isNarrow={isNarrow}
            onEdit={() => setEditing(key)}
            onRotate={() => setRotating(key)}
            onDelete={() => setDeleting(key)}
          />
        ))}
      </ul>
      <EditKeyDialog target={editing} onClose={() => setEditing(undefined)} />
      <RotateKeyDialog target={rotating} onClose={() => setRotating(undefined)} />
      <ConfirmDialog
        title={t('keys.delete')}
        text={t('keys.deleteText', { id: deleting?.accessKeyId ?? '' })}
        action={t('keys.delete')}
        isOpen={deleting !== undefined}
        isPending={remove.isPending}
        error={remove.error}
        onClose={() => {
          setDeleting(undefined);
          remove.reset();
        }}
        onConfirm={() => {
          if (deleting !== undefined) remove.mutate(deleting.accessKeyId, { onSuccess: () => setDeleting(undefined) });
        }}
      />
    </>
  );
}

interface KeyRowProps {
  readonly summary: KeySummary;
  readonly showsUser: boolean;
  readonly isNarrow: boolean;
  readonly onEdit: () => void;
  readonly onRotate: () => void;
  readonly onDelete: () => void;
}

function KeyRow({ summary, showsUser, isNarrow, onEdit, onRotate, onDelete }: KeyRowProps) {
  const { accessKeyId, label, userName, state, lastUse, expiresAtMs } = summary;
  const update = useUpdateKey();
  const setState = (next: 'active' | 'disabled') =>
    update.mutate({ id: accessKeyId, state: next }, { onError: (error) => toast('error', errorText(error)) });
  const menuButton = (
    <Button look="quiet" square aria-label={t('keys.actions', { id: accessKeyId })}>
      <MoreHorizontal size={16} aria-hidden="true" />
    </Button>
  );
  return (
    <li
      className={`flex min-h-14 items-center gap-3 border-line border-b px-4 py-2 text-table ${isNarrow ? '' : 'sm:px-6'}`}
    >
      <div className="flex min-w-0 flex-1 flex-col">
        <span className="truncate font-medium">{label === '' ? t('keys.unnamed') : label}</span>
        <span className="truncate text-caption text-muted">
          <span className="font-mono">{accessKeyId}</span>
          {showsUser && ` · ${userName}`}
          {summary.policy !== null && ` · ${t('keys.limited')}`}
          {summary.sourceIps !== null && ` · ${summary.sourceIps.join(', ')}`}
        </span>
      </div>
      <div className={`hidden w-56 min-w-0 flex-col text-muted ${isNarrow ? '' : 'md:flex'}`}>
        {lastUse === null ? (
          t('keys.neverUsed')
        ) : (
          <>
            <span>
              {t('keys.used')} <Moment atMs={lastUse.atMs} />
            </span>
            <span className="truncate text-caption" title={lastUse.client}>
              {lastUse.address} · {lastUse.client}
            </span>
          </>
        )}
      </div>
      <div className="flex w-24 shrink-0 flex-col">
        <KeyState state={state} />
        {expiresAtMs !== null && state !== 'expired' && (
          <span className="text-caption text-muted">
            {t('keys.until')} <Moment atMs={expiresAtMs} />
          </span>
        )}
      </div>
      <Menu button={menuButton} label={t('keys.actions', { id: accessKeyId })}>
        <Item text={t('keys.edit')} onAction={onEdit} />
        {state === 'active' && <Item text={t('keys.rotate')} onAction={onRotate} />}
        {state === 'active' && <Item text={t('keys.disable')} onAction={() => setState('disabled')} />}
        {state === 'disabled' && <Item text={t('keys.enable')} onAction={() => setState('active')} />}
        <Item text={t('keys.delete')} onAction={onDelete} />
      </Menu>
    </li>
  );
}

function Item({ text, onAction }: { readonly text: string; readonly onAction: () => void }) {
  return (
    <MenuItem text={text} onAction={onAction}>
      {text}
    </MenuItem>
  );
}
