// Writes the address of every module that the program loads into the file that MODULES_LOADED names.
import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

registerHooks({
  load(url, context, next) {
    if (url.startsWith('file:')) appendFileSync(process.env.MODULES_LOADED, `${url}\n`);
    return next(url, context);
  },
});
