import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import './styles.css';
import { createRoot } from 'react-dom/client';
import { startDisplay } from '../lib/display.ts';
import { startLanguage } from '../lib/i18n.ts';
import { startTheme } from '../lib/theme.ts';
import { App } from './app.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
startTheme();
startDisplay();
await startLanguage();
createRoot(root).render(<App />);
