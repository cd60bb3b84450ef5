import{createRequire as $require}from'node:module';const require=$require(import.meta.url);
import{a as o}from"./chunk-C6KVCIB2.js";import{d as e}from"./chunk-HMG5LBYE.js";function m(r,t){return o(r)==="verdict"&&e(t)}export{m as a};
