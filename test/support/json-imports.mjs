// GitHub's workflow parser imports JSON without the attribute that Node asks for; this adds it.
import { registerHooks } from 'node:module';

registerHooks({
  load: (url, context, nextLoad) =>
    nextLoad(url, url.endsWith('.min.json') ? { ...context, importAttributes: { type: 'json' } } : context),
});
