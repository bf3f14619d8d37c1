// Imported first: from then on `electron` is the fake.
import { registerHooks } from 'node:module';

const FAKE = new URL('./fake-electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: FAKE, shortCircuit: true } : next(specifier, context),
});
