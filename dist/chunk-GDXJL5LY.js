import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{setTimeout as s}from"node:timers/promises";var r={second:1e3};async function a(o,n,e){await s(n*o.second,void 0,e&&{signal:e})}export{r as a,a as b};
