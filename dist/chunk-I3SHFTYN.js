import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{c as a}from"./chunk-LJXNCVKZ.js";import"./chunk-GDXJL5LY.js";import"./chunk-OOEY7GD5.js";import"./chunk-MROXYSTA.js";import"./chunk-AZNJJI7T.js";export{a as openOciStore};
