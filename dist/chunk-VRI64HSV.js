import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{a,b,c}from"./chunk-RJTA4WLH.js";import"./chunk-Z2WLNUXP.js";import"./chunk-HDFFTK52.js";import"./chunk-MCXD3TEC.js";import"./chunk-26Y2HYHP.js";import"./chunk-AZNJJI7T.js";export{b as isLively,a as openTerminal,c as wantsColor};
