import i18next, { type TOptions } from 'i18next';
import { useSyncExternalStore } from 'react';
import en from '../locales/en/index.ts';

export type TextKey = StripPlural<keyof typeof en>;
type StripPlural<K> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K;

export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];
/** Each in itself, for who cannot read the one shown. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };
const STORED = 'stowage.language';

/** The language last chosen, else the browser's, else English. Call before the first render. */
export async function startLanguage(): Promise<void> {
  await i18next.init({
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
  });
  await chooseLanguage(known(localStorage.getItem(STORED)) ?? known(navigator.language.slice(0, 2)) ?? 'en', false);
}

/** Loads the language's texts and shows them from now on. */
export async function chooseLanguage(language: Language, remember = true): Promise<void> {
  if (language === 'de' && !i18next.hasResourceBundle('de', 'translation')) {
    i18next.addResourceBundle('de', 'translation', (await import('../locales/de/index.ts')).default);
  }
  if (remember) localStorage.setItem(STORED, language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, currentLanguage);
}

export function currentLanguage(): Language {
  return known(i18next.language) ?? 'en';
}

/** The text of `key` in the language shown. */
export function t(key: TextKey, values: TOptions = {}): string {
  return String(i18next.t(key, values));
}

function subscribe(listener: () => void): () => void {
  i18next.on('languageChanged', listener);
  return () => i18next.off('languageChanged', listener);
}

function known(value: string | null | undefined): Language | undefined {
  return LANGUAGES.find((language) => language === value);
}
