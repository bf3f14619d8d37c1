import { ChoiceGroup } from '../../../components/choice-group.tsx';
import { chooseDensity, chooseUnits, DENSITIES, type Density, useDensity, useUnits } from '../../../lib/display.ts';
import { BYTE_UNITS, type ByteUnits } from '../../../lib/format.ts';
import { chooseLanguage, LANGUAGE_NAMES, LANGUAGES, t, useLanguage } from '../../../lib/i18n.ts';
import { chooseTheme, THEMES, type Theme, useTheme } from '../../../lib/theme.ts';
import { Section } from './section.tsx';

/** How the console looks in this browser; each takes effect at once. */
export function DisplaySection() {
  const theme = useTheme();
  const language = useLanguage();
  const density = useDensity();
  const units = useUnits();
  return (
    <Section title={t('account.display')} anchor="display">
      <p className="text-muted">{t('account.displayText')}</p>
      <ChoiceGroup
        label={t('theme.title')}
        choices={THEMES.map((value) => ({ value, label: themeName(value) }))}
        value={theme}
        onChange={chooseTheme}
        inRow
      />
      <ChoiceGroup
        label={t('language.title')}
        choices={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        value={language}
        onChange={(chosen) => void chooseLanguage(chosen)}
        inRow
      />
      <ChoiceGroup
        label={t('account.density')}
        choices={DENSITIES.map((value) => ({ value, label: densityName(value) }))}
        value={density}
        onChange={chooseDensity}
        inRow
      />
      <ChoiceGroup
        label={t('account.units')}
        choices={BYTE_UNITS.map((value) => ({ value, label: unitsName(value) }))}
        value={units}
        onChange={chooseUnits}
        inRow
      />
    </Section>
  );
}

function themeName(theme: Theme): string {
  switch (theme) {
    case 'system':
      return t('theme.system');
    case 'light':
      return t('theme.light');
    case 'dark':
      return t('theme.dark');
  }
}

function densityName(density: Density): string {
  switch (density) {
    case 'normal':
      return t('account.densityNormal');
    case 'compact':
      return t('account.densityCompact');
  }
}

function unitsName(units: ByteUnits): string {
  switch (units) {
    case 'si':
      return t('account.unitsSi');
    case 'iec':
      return t('account.unitsIec');
  }
}
