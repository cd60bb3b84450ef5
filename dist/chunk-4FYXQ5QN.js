import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{a,b,c}from"./chunk-IVZSKVPS.js";import"./chunk-3MDCBMHW.js";import"./chunk-HDFFTK52.js";import"./chunk-LLP7QJ6Q.js";import"./chunk-NWOMOLR3.js";import"./chunk-AZNJJI7T.js";export{b as isLively,a as openTerminal,c as wantsColor};
