import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
function r(e){return[e.contract,e["record-schema"]].filter(t=>t!==void 0)}export{r as a};
