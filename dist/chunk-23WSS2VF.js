import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{b as t}from"./chunk-AZNJJI7T.js";function n(e){r=e}function o(){if(r===void 0)throw new Error("DuckDB was loaded before its library was located");return r}var r,i=t(()=>{"use strict"});export{n as a,o as b,i as c};
