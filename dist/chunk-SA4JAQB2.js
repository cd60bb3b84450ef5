import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{a,b,c}from"./chunk-TLR4CQNO.js";import"./chunk-LXMJB3DA.js";import"./chunk-OXDUC3QD.js";import"./chunk-3ULX5WTK.js";import"./chunk-AZNJJI7T.js";export{b as isLively,a as openTerminal,c as wantsColor};
