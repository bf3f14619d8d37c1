import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** Git-ignored; for eyes. */
const SCREENSHOTS = join(ROOT, '.cache', 'screenshots');
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const AXE = readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');

const executablePath = BROWSERS.find((path) => existsSync(path));

/** Why the tests cannot run here, or false. */
export const noBrowser: string | false =
  executablePath === undefined ? 'no Chromium is installed (Debian: chromium)' : false;

export function launch(): Promise<Browser> {
  // Chromium's own sandbox refuses to run as root, which CI containers are.
  const args = process.getuid?.() === 0 ? ['--no-sandbox', '--disable-dev-shm-usage'] : ['--disable-dev-shm-usage'];
  return chromium.launch({ executablePath: executablePath ?? '', args });
}

/** Everything the page complained of: script errors, refused resources, policy violations. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // A refused request is logged by the browser whatever the page makes of it.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  return complaints;
}

interface AxeViolation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe finds wrong with the page as it stands, by WCAG 2.2 A and AA; the announcer of react-aria, which is speech only, left out. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const found: readonly AxeViolation[] = await page.evaluate(
    `axe.run({ exclude: ['[data-live-announcer]'] }, { runOnly: ${JSON.stringify(tags)} }).then((result) => result.violations)`,
  );
  return found.map(({ id, impact, nodes }) => `${id} (${impact}): ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
}

const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

/**
 * Pictures of the page as it stands: both sizes, light and dark, and once in the colours of the person's system; and
 * what axe finds in each of the three.
 *
 * @param height of the window where more than the first screen is to be seen
 */
export async function survey(page: Page, name: string, height?: number): Promise<string[]> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  const found: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(height === undefined ? viewport : { ...viewport, height });
      await page.screenshot({ path: join(SCREENSHOTS, `${name}-${theme}-${size}.png`) });
      found.push(...(await violationsOf(page)).map((text) => `${name}, ${theme}, ${size}: ${text}`));
    }
  }
  await page.emulateMedia({ forcedColors: 'active' });
  await page.setViewportSize(height === undefined ? SIZES.wide : { ...SIZES.wide, height });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}-forced-wide.png`) });
  found.push(...(await violationsOf(page)).map((text) => `${name}, forced colours: ${text}`));
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  await page.setViewportSize(SIZES.wide);
  return found;
}
