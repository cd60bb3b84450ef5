import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
function r(n,t){return t.has(`${n}!`)}export{r as a};
