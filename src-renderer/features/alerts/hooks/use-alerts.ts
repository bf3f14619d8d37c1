import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import type { AttentionItem } from '../../../../src-server/contract/overview.ts';
import { toast } from '../../../components/toast.tsx';
import { desktop } from '../../../lib/desktop.ts';
import { useOverview } from '../../appliance/api/use-overview.ts';
import { attentionText } from '../../appliance/attention-text.ts';
import { alertId, stillLasting, unseen } from '../seen.ts';

const STORED = 'stowage.alerts.seen';
const useSeen = create<{ readonly seen: readonly string[] }>(() => ({ seen: readStored() }));

export interface Alerts {
  readonly items: readonly AttentionItem[];
  /** How many of them nobody has looked at in this browser. */
  readonly unseen: number;
  markSeen(): void;
}

/** What needs attention, for the bell; a new one is said once, in the page and by the desktop. */
export function useAlerts(): Alerts {
  const { seen } = useSeen();
  const { data } = useOverview();
  const items = data?.attention ?? [];
  const said = useRef(new Set<string>());
  useEffect(() => {
    if (data === undefined) return;
    const current = data.attention.map(alertId);
    keep(stillLasting(useSeen.getState().seen, current));
    for (const id of said.current) if (!current.includes(id)) said.current.delete(id);
    const isNew = new Set(unseen(useSeen.getState().seen, current));
    for (const item of data.attention) if (isNew.has(alertId(item)) && !said.current.has(alertId(item))) say(item);
    for (const id of isNew) said.current.add(id);
  }, [data]);
  const ids = items.map(alertId);
  return { items, unseen: unseen(seen, ids).length, markSeen: () => keep(ids) };
}

function say(item: AttentionItem): void {
  const { what, isSafe, advice } = attentionText(item);
  toast('note', what);
  void desktop?.notify({ title: what.slice(0, 100), body: `${isSafe} ${advice}`.slice(0, 300), path: '/' });
}

function keep(seen: readonly string[]): void {
  if (seen.join('\n') === useSeen.getState().seen.join('\n')) return;
  localStorage.setItem(STORED, JSON.stringify(seen));
  useSeen.setState({ seen });
}

function readStored(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
