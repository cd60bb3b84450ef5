import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{a}from"./chunk-W2NPU7A2.js";import"./chunk-AZNJJI7T.js";export{a as openReferenced};
