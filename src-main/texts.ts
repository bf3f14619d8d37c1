import { app } from 'electron';

const ENGLISH = {
  open: 'Open Stowage',
  copyAddress: 'Copy S3 address',
  startAtLogin: 'Start at sign-in',
  stopServer: 'Stop server',
  startServer: 'Start server',
  tryAgain: 'Try again',
  quit: 'Quit Stowage',
  edit: 'Edit',
  view: 'View',
  window: 'Window',
  fine: 'Fine',
  working: 'Working',
  attention: 'Attention',
  stopped: 'Stopped',
  unknown: 'Unknown',
  transfers: '{n} transfers, {speed} MB/s',
  stillServing: 'Stowage goes on serving',
  stillServingText: 'The window is closed, backups and shares still work. Stowage is in the tray.',
  stopTitle: 'Stop the server?',
  stopText: 'Backup programs and shared links do not work until it is started again. Nothing stored is lost.',
  stop: 'Stop',
  cancel: 'Cancel',
  failedTitle: 'Stowage does not run',
  failedText: 'What was stored is safe. {reason}',
} as const;

type Texts = Readonly<Record<keyof typeof ENGLISH, string>>;

const GERMAN: Texts = {
  open: 'Stowage öffnen',
  copyAddress: 'S3-Adresse kopieren',
  startAtLogin: 'Beim Anmelden starten',
  stopServer: 'Server anhalten',
  startServer: 'Server starten',
  tryAgain: 'Noch einmal versuchen',
  quit: 'Stowage beenden',
  edit: 'Bearbeiten',
  view: 'Ansicht',
  window: 'Fenster',
  fine: 'In Ordnung',
  working: 'Beschäftigt',
  attention: 'Achtung',
  stopped: 'Angehalten',
  unknown: 'Unbekannt',
  transfers: '{n} Übertragungen, {speed} MB/s',
  stillServing: 'Stowage läuft weiter',
  stillServingText: 'Das Fenster ist zu, Sicherungen und Freigaben gehen weiter. Stowage ist in der Taskleiste.',
  stopTitle: 'Server anhalten?',
  stopText:
    'Sicherungsprogramme und Freigaben gehen erst wieder, wenn er gestartet wird. Gespeichertes bleibt erhalten.',
  stop: 'Anhalten',
  cancel: 'Abbrechen',
  failedTitle: 'Stowage läuft nicht',
  failedText: 'Gespeichertes ist sicher. {reason}',
};

/** The shell's own words, in the system's language where we have it. */
export function texts(): Texts {
  return app.getLocale().startsWith('de') ? GERMAN : ENGLISH;
}

/** `{name}` filled in. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
