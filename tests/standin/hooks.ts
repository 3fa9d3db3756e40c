// Makes `import 'electron'` and `require('electron')` mean the stand-in, in the app's own built files.
import { registerHooks } from 'node:module';

const standIn = new URL('./electron-main.ts', import.meta.url).href;

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier === 'electron' || specifier.startsWith('electron/')) return { url: standIn, shortCircuit: true };
    return nextResolve(specifier, context);
  },
});
