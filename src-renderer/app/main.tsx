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

/** A file that is dropped beside the place for it would be opened in the place of the console, and end its transfers. */
function refuseFiles(event: DragEvent): void {
  if (event.defaultPrevented || event.dataTransfer?.types.includes('Files') !== true) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = 'none';
}
addEventListener('dragover', refuseFiles);
addEventListener('drop', refuseFiles);
