import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{a,b,c}from"./chunk-ICHSW2ZG.js";import"./chunk-EXOYELCT.js";import"./chunk-HDFFTK52.js";import"./chunk-HMG5LBYE.js";import"./chunk-AZNJJI7T.js";export{b as isLively,a as openTerminal,c as wantsColor};
