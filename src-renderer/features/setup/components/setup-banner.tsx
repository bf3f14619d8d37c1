import { Button } from '../../../components/button.tsx';
import { ButtonLink } from '../../../components/button-link.tsx';
import { toast } from '../../../components/toast.tsx';
import { errorText } from '../../../lib/error-text.ts';
import { t } from '../../../lib/i18n.ts';
import { useEndWizard, useWizard } from '../api/use-wizard.ts';

/** Above every page while the setup is not done; one press ends it for good. */
export function SetupBanner() {
  const wizard = useWizard();
  const end = useEndWizard(async () => undefined);
  if (wizard.data === undefined || wizard.data === null) return null;
  return (
    <aside
      aria-label={t('setup.banner')}
      className="flex flex-wrap items-center gap-x-2 border-line border-b bg-accent-soft px-4 py-1 sm:px-6"
    >
      <p className="mr-auto py-1">{t('setup.bannerText')}</p>
      <div className="-mx-3 flex">
        <ButtonLink look="quiet" to="/welcome">
          {t('setup.continue')}
        </ButtonLink>
        <Button
          look="quiet"
          isPending={end.isPending}
          onPress={() => end.mutate(undefined, { onError: (error) => toast('error', errorText(error)) })}
        >
          {t('setup.never')}
        </Button>
      </div>
    </aside>
  );
}
