import { createHash } from 'node:crypto';
import type { SqliteDatabase } from '../sqlite/open-database.ts';
import type { Migration } from './migration.ts';

/** The catalogue was written by a newer release than this one (LOG.md 24). */
export class NewerCatalogue extends Error {
  override readonly name = 'NewerCatalogue';
  readonly found: number;
  readonly known: number;

  constructor(found: number, known: number) {
    super(`the catalogue has format ${found}, this release knows up to ${known}: start a newer release`);
    this.found = found;
    this.known = known;
  }
}

/** A step in the log is not the step this release knows under that number. */
export class MigrationChanged extends Error {
  override readonly name = 'MigrationChanged';
}

/** 'Stow' as SQLite's application id, so that another program's database is not taken for a catalogue. */
const APPLICATION_ID = 0x53746f77;

/** The schema step the catalogue stands at; 0 for an empty file. Throws NewerCatalogue beyond `migrations`. */
export function schemaVersion(db: SqliteDatabase, migrations: readonly Migration[]): number {
  const found = Number(db.pragma('user_version', { simple: true }));
  const known = latestVersion(migrations);
  if (found > known) throw new NewerCatalogue(found, known);
  return found;
}

function latestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.to ?? 0;
}

/** The first 8 bytes of SHA-256 over a step's statements: the journal record names it beside its number. */
export function migrationChecksum(migration: Migration): bigint {
  const hash = createHash('sha256');
  for (const statement of migration.statements) hash.update(statement).update('\0');
  return hash.digest().readBigUInt64LE(0);
}

/** @throws NewerCatalogue when this release does not know the step */
export function migrationTo(migrations: readonly Migration[], to: number): Migration {
  const step = migrations.find((migration) => migration.to === to);
  if (step === undefined) throw new NewerCatalogue(to, latestVersion(migrations));
  return step;
}

/** Runs one step inside the caller's transaction and moves `user_version`. The schema version is part of that transaction. */
export function applyMigration(db: SqliteDatabase, migration: Migration): void {
  for (const statement of migration.statements) db.exec(statement);
  if (migration.to === 1) db.pragma(`application_id = ${APPLICATION_ID}`);
  db.pragma(`user_version = ${migration.to}`);
}

/** Brings an empty or older catalogue to the newest step, in one transaction, without a log. For tests and for new files. */
export function createCatalogue(db: SqliteDatabase, migrations: readonly Migration[]): void {
  const from = schemaVersion(db, migrations);
  db.transaction(() => {
    for (const migration of migrations) if (migration.to > from) applyMigration(db, migration);
  })();
}
