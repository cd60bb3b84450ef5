import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{a,b,c}from"./chunk-IKRCCJLB.js";import"./chunk-T5IELXUZ.js";import"./chunk-HDFFTK52.js";import"./chunk-XGE3EXUK.js";import"./chunk-EONAR4NS.js";import"./chunk-MROXYSTA.js";import"./chunk-AZNJJI7T.js";export{b as isLively,a as openTerminal,c as wantsColor};
