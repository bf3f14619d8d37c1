import type { Setting, SettingValue } from '../contract/settings.ts';
import type { SettingFacts } from '../services/settings/list-settings.ts';

/** A setting as the contract shows it. */
export function presentSetting(facts: SettingFacts): Setting {
  const { name, choices, origin, storedValue, isEditable, isLive, isWaiting } = facts;
  return {
    name,
    kind: kindOf(facts),
    choices: [...choices],
    value: shown(facts.value),
    defaultValue: shown(facts.defaultValue),
    origin: { ...origin },
    isStored: storedValue !== undefined,
    storedValue: shown(storedValue),
    isEditable,
    effect: isLive ? 'now' : 'restart',
    isWaiting,
    lastChange: facts.lastChange ?? null,
  };
}

function kindOf({ isSecret, choices, leaf }: SettingFacts): Setting['kind'] {
  if (isSecret) return 'secret';
  if (choices.length > 0) return 'choice';
  return leaf.kind === 'disks' ? 'text' : leaf.kind;
}

/** Disks are the one list: `main=/srv/disk, hot`, a line each. */
function shown(value: unknown): SettingValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (!Array.isArray(value)) return null;
  return value.map((disk: Record<string, unknown>) => `${disk.name}=${disk.path}, ${disk.tier}`).join('\n');
}
