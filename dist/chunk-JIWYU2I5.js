import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{a,b}from"./chunk-YE7VWU3C.js";import"./chunk-AMKHLIKO.js";import"./chunk-Y7QW64Q2.js";import"./chunk-MROXYSTA.js";import"./chunk-AZNJJI7T.js";export{a as createKeySigner,b as createKeyVerifier};
