/** What an import does with one thing of a configuration file. */
export const IMPORT_OUTCOMES = ['created', 'changed', 'same', 'refused'] as const;
export type ImportOutcome = (typeof IMPORT_OUTCOMES)[number];

export const IMPORT_KINDS = [
  'tenant',
  'person',
  'key',
  'policy',
  'rights',
  'group',
  'role',
  'bucket',
  'setting',
] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** Why something of the file cannot stand beside what is here. */
export const IMPORT_REFUSALS = [
  'id-taken',
  'other-tenant',
  'key-taken',
  'too-many-keys',
  'other-owner',
  'no-owner',
  'depends',
  'keeps-from-starting',
  'given-at-start',
] as const;
export type ImportRefusal = (typeof IMPORT_REFUSALS)[number];

/** One line of a rehearsal or of a result. */
export interface ImportItem {
  readonly kind: ImportKind;
  readonly name: string;
  readonly outcome: ImportOutcome;
  /** Of what is changed: the fields, never their values. */
  readonly fields: readonly string[];
  /** Of what is refused. */
  readonly refusal: ImportRefusal | null;
  /** Whose it is, where that helps: of a key its user, of a refused setting the reason. */
  readonly detail: string;
}

/** A line with what most lines do not have left out. */
export function importItem(item: Pick<ImportItem, 'kind' | 'name' | 'outcome'> & Partial<ImportItem>): ImportItem {
  return { fields: [], refusal: null, detail: '', ...item };
}
