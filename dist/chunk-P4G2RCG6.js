import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{a}from"./chunk-XOJVMQBM.js";import"./chunk-MROXYSTA.js";import"./chunk-AZNJJI7T.js";export{a as readOciCredentials};
