/** What the pages for recipients say, in one language. */
export interface ShareTexts {
  readonly language: string;
  /** For numbers and times: the language as the reader's place writes it. */
  readonly locale: string;
  readonly from: (name: string) => string;
  readonly to: (name: string) => string;
  readonly folder: string;
  readonly download: string;
  readonly downloadAll: string;
  readonly open: string;
  readonly until: (when: string) => string;
  readonly left: (left: number, of: number) => string;
  readonly onlyOnce: string;
  readonly files: string;
  readonly name: string;
  readonly size: string;
  readonly up: string;
  readonly more: string;
  readonly emptyFolder: string;
  readonly deadTitle: string;
  readonly deadText: string;
  readonly busyTitle: string;
  readonly busyText: string;
  readonly gone: string;
  readonly passwordTitle: string;
  readonly passwordText: string;
  readonly password: string;
  readonly continue: string;
  readonly wrongPassword: string;
  readonly sendTitle: string;
  readonly sender: string;
  readonly choose: string;
  readonly send: string;
  readonly takesTypes: (types: string) => string;
  readonly takesRoom: (room: string) => string;
  readonly takesFiles: (count: number) => string;
  readonly receiptTitle: string;
  readonly receiptText: (count: number, size: string) => string;
  readonly receiptNone: string;
  readonly notTaken: string;
  readonly tooLarge: string;
  readonly wrongType: string;
  readonly failed: string;
  readonly sendMore: string;
  readonly checksum: string;
}

const EN: ShareTexts = {
  language: 'en',
  locale: 'en',
  from: (name) => `from ${name}`,
  to: (name) => `to ${name}`,
  folder: 'folder',
  download: 'Download',
  downloadAll: 'Download all as zip',
  open: 'Open',
  until: (when) => `until ${when}`,
  left: (left, of) => `${left} of ${of} downloads left`,
  onlyOnce: 'Resuming a broken download does not count again.',
  files: 'Files',
  name: 'Name',
  size: 'Size',
  up: 'Up',
  more: 'More files',
  emptyFolder: 'There is nothing in this folder.',
  deadTitle: 'This link does not work',
  deadText: 'It has ended, was taken back, or never was one. Ask who sent it to you for a new one.',
  busyTitle: 'Too many tries',
  busyText: 'Wait a minute, then try again.',
  gone: 'This file is no longer there.',
  passwordTitle: 'This link has a password',
  passwordText: 'Who sent it to you knows it.',
  password: 'Password',
  continue: 'Continue',
  wrongPassword: 'This is not the password.',
  sendTitle: 'Send files',
  sender: 'Your name',
  choose: 'Files',
  send: 'Send files',
  takesTypes: (types) => `Takes ${types}`,
  takesRoom: (room) => `room for ${room}`,
  takesFiles: (count) => (count === 1 ? '1 file' : `${count} files`),
  receiptTitle: 'Received',
  receiptText: (count, size) => `${count === 1 ? '1 file' : `${count} files`}, ${size}. Safely stored.`,
  receiptNone: 'No file was taken.',
  notTaken: 'not taken',
  tooLarge: 'There is no room for it.',
  wrongType: 'Files of this type are not wanted here.',
  failed: 'It did not arrive whole. Send it again.',
  sendMore: 'Send more files',
  checksum: 'SHA-256',
};

const DE: ShareTexts = {
  language: 'de',
  locale: 'de',
  from: (name) => `von ${name}`,
  to: (name) => `an ${name}`,
  folder: 'Ordner',
  download: 'Herunterladen',
  downloadAll: 'Alles als Zip herunterladen',
  open: 'Öffnen',
  until: (when) => `bis ${when}`,
  left: (left, of) => `noch ${left} von ${of} Downloads`,
  onlyOnce: 'Einen abgebrochenen Download fortzusetzen zählt nicht noch einmal.',
  files: 'Dateien',
  name: 'Name',
  size: 'Größe',
  up: 'Nach oben',
  more: 'Weitere Dateien',
  emptyFolder: 'In diesem Ordner ist nichts.',
  deadTitle: 'Dieser Link funktioniert nicht',
  deadText:
    'Er ist abgelaufen, wurde zurückgezogen oder war nie einer. Fragen Sie nach einem neuen, wer ihn geschickt hat.',
  busyTitle: 'Zu viele Versuche',
  busyText: 'Warten Sie eine Minute und versuchen Sie es dann wieder.',
  gone: 'Diese Datei gibt es nicht mehr.',
  passwordTitle: 'Dieser Link hat ein Passwort',
  passwordText: 'Wer ihn geschickt hat, kennt es.',
  password: 'Passwort',
  continue: 'Weiter',
  wrongPassword: 'Das ist nicht das Passwort.',
  sendTitle: 'Dateien schicken',
  sender: 'Ihr Name',
  choose: 'Dateien',
  send: 'Dateien schicken',
  takesTypes: (types) => `Nimmt ${types}`,
  takesRoom: (room) => `Platz für ${room}`,
  takesFiles: (count) => (count === 1 ? '1 Datei' : `${count} Dateien`),
  receiptTitle: 'Angekommen',
  receiptText: (count, size) => `${count === 1 ? '1 Datei' : `${count} Dateien`}, ${size}. Sicher gespeichert.`,
  receiptNone: 'Es wurde keine Datei angenommen.',
  notTaken: 'nicht angenommen',
  tooLarge: 'Dafür ist kein Platz mehr.',
  wrongType: 'Dateien dieser Art sind hier nicht gewünscht.',
  failed: 'Sie kam nicht vollständig an. Schicken Sie sie noch einmal.',
  sendMore: 'Weitere Dateien schicken',
  checksum: 'SHA-256',
};

/** The texts of the first language of an Accept-Language header that we speak, by its weights; else English. */
export function textsFor(acceptLanguage: string): ShareTexts {
  const wanted = acceptLanguage
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.trim().toLowerCase().split(';');
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
      return { tag, weight: quality === undefined ? 1 : Number(quality.trim().slice(2)) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { tag } of wanted) {
    const texts = [DE, EN].find(({ language }) => tag === language || tag.startsWith(`${language}-`));
    if (texts !== undefined) return /^[a-z]{2}-[a-z]{2}$/.test(tag) ? { ...texts, locale: tag } : texts;
  }
  return EN;
}
