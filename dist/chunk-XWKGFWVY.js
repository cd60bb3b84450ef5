import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{a,b,c}from"./chunk-77MSVNFZ.js";import"./chunk-IHQB7Z7G.js";import"./chunk-HDFFTK52.js";import"./chunk-3ULX5WTK.js";import"./chunk-AZNJJI7T.js";export{b as isLively,a as openTerminal,c as wantsColor};
