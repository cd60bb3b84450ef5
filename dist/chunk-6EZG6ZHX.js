import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{a,b}from"./chunk-V74IGZAL.js";import"./chunk-VH5V3YH3.js";import"./chunk-Z6APZVCM.js";import"./chunk-MROXYSTA.js";import"./chunk-AZNJJI7T.js";export{a as createKeySigner,b as createKeyVerifier};
