import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { I18nProvider } from 'react-aria-components';
import { ToastRegion } from '../components/toast.tsx';
import { useLanguage } from '../lib/i18n.ts';
import { queryClient } from './query-client.ts';
import { router } from './router.tsx';

/** Everything that all pages stand in. */
export function App() {
  const language = useLanguage();
  return (
    <I18nProvider locale={language}>
      <QueryClientProvider client={queryClient}>
        {/* The texts are read while rendering, so another language renders everything anew. */}
        <RouterProvider key={language} router={router} />
        <ToastRegion />
      </QueryClientProvider>
    </I18nProvider>
  );
}
