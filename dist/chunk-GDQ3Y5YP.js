import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{a,b,c}from"./chunk-PIAQ2Z2B.js";import"./chunk-CYMMV6G4.js";import"./chunk-HDFFTK52.js";import"./chunk-3ULX5WTK.js";import"./chunk-AZNJJI7T.js";export{b as isLively,a as openTerminal,c as wantsColor};
