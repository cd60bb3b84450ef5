import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
function r(t){return JSON.stringify(t.length>80?`${t.slice(0,80)}\u2026`:t)}function i(t){return/^[\p{L}\p{N}_.-]{1,80}$/u.test(t)?t:r(t)}export{r as a,i as b};
