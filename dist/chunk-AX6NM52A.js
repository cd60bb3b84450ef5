import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{a as e}from"./chunk-2W7I5JCE.js";import{createHash as r}from"node:crypto";function i(t){return`sha256:${r("sha256").update(t).digest("hex")}`}function s(t){let{created:o,timing:c,...n}=t;return i(e(n))}export{i as a,s as b};
