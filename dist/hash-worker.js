import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{c as m}from"./chunk-7ETUSS5F.js";import{a as r}from"./chunk-OLU2ABSD.js";import"./chunk-AZNJJI7T.js";m(r);
