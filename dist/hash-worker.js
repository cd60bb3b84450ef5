import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{a as m}from"./chunk-K2YZHJXR.js";import{a as r}from"./chunk-OLU2ABSD.js";import"./chunk-AZNJJI7T.js";m(r);
